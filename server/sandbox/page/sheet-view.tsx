/** The spreadsheets of the person, one of them shown. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Empty } from '../../../shared/ui/states.tsx';
import { Grid } from './grid.tsx';
import type { OpenSheetWish } from './open-sheet-message.ts';

export function SheetView({
  spreadsheets,
  wish,
}: {
  spreadsheets: Array<{ id: string; title: string }>;
  /** What Foliokeep asked to show last. */
  wish: OpenSheetWish | undefined;
}): JSX.Element {
  const [chosen, setChosen] = useState(wish?.spreadsheetId ?? '');
  useEffect(() => {
    if (wish !== undefined) setChosen(wish.spreadsheetId);
  }, [wish]);
  // One that was made meanwhile is what the person waits for.
  const [made, setMade] = useState('');
  const known = useRef(spreadsheets);
  useEffect(() => {
    const found = spreadsheets.find((one) => !known.current.some(({ id }) => id === one.id));
    known.current = spreadsheets;
    if (found === undefined) return;
    setChosen(found.id);
    setMade(found.id);
  }, [spreadsheets]);
  const shown = spreadsheets.find((one) => one.id === chosen)?.id ?? spreadsheets[0]?.id;
  if (shown === undefined)
    return (
      <Empty
        sentence="There is no spreadsheet yet."
        example="Foliokeep can make one: add an exporter into a new spreadsheet."
      />
    );
  return (
    <div class="sheet">
      <div class="toolbar">
        <label class="grow">
          <span class="quiet">Spreadsheet</span>
          <select value={shown} onChange={(event) => setChosen(event.currentTarget.value)}>
            {spreadsheets.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Grid
        key={shown}
        spreadsheetId={shown}
        isJustMade={shown === made}
        wish={wish?.spreadsheetId === shown ? wish : undefined}
      />
    </div>
  );
}
