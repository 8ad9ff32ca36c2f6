/** What is in the chosen cell, as it was typed, and the note on it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { GridCell } from '../google/control/grid-page.ts';

export function CellBar(props: {
  name: string;
  cell: GridCell | undefined;
  onNote: (note: string) => void;
}): JSX.Element {
  const { name, cell, onNote } = props;
  const [note, setNote] = useState<string | undefined>(undefined);
  const typed = cell?.formula ?? cell?.text ?? '';
  return (
    <div class="cell-bar">
      <strong class="cell-name" aria-live="polite">
        {name}
      </strong>
      <span class="cell-typed" title={typed} aria-live="polite">
        {typed === '' ? <span class="quiet">Double-click a cell to edit it</span> : typed}
      </span>
      {note === undefined ? (
        <button type="button" class="plain" title={cell?.note} onClick={() => setNote(cell?.note ?? '')}>
          {cell?.note === undefined ? 'Add note' : 'Edit note'}
        </button>
      ) : (
        <form
          class="inline"
          onSubmit={(event) => {
            event.preventDefault();
            setNote(undefined);
            onNote(note.trim());
          }}
        >
          <input
            type="text"
            aria-label={`Note on ${name}`}
            value={note}
            ref={(input) => input?.focus()}
            onInput={(event) => setNote(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setNote(undefined);
            }}
          />
          <button type="submit">Save note</button>
        </form>
      )}
    </div>
  );
}
