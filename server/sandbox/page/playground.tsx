/** A spreadsheet with Foliokeep beside it, as in Google Sheets, and the Xero that it reads: all on this machine. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ProblemBox, Skeleton } from '../../../shared/ui/states.tsx';
import { ask, type PlaygroundInfo, sayTrouble } from './playground-api.ts';
import { SheetView } from './sheet-view.tsx';
import { XeroBooks } from './xero-books.tsx';

type Place = 'sheet' | 'xero';

export function Playground(): JSX.Element {
  const [info, setInfo] = useState<PlaygroundInfo | undefined>(undefined);
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const [place, setPlace] = useState<Place>('sheet');
  useEffect(() => {
    const load = () =>
      ask<PlaygroundInfo>('/playground.json')
        .then(setInfo)
        .catch((error: unknown) => setTrouble(sayTrouble(error)));
    void load();
    const timer = setInterval(() => void load(), 5_000);
    return () => clearInterval(timer);
  }, []);

  return (
    <div class="playground">
      <header class="top">
        <strong>Playground</strong>
        <div class="places" aria-label="What to look at" role="tablist">
          <Tab id="sheet" word="Spreadsheet" place={place} onChoose={setPlace} />
          <Tab id="xero" word="Xero" place={place} onChoose={setPlace} />
        </div>
        <span class="who">A stand-in for Google Sheets and Xero. Nothing leaves this machine.</span>
      </header>
      <div class="stage">
        <div class="world" role="tabpanel">
          {trouble !== undefined && info === undefined ? (
            <ProblemBox
              sentence="The sandbox does not answer. Start it again with npm start."
              code={trouble}
            />
          ) : null}
          {info === undefined ? <Skeleton lines={12} /> : null}
          {info !== undefined && place === 'sheet' ? <SheetView spreadsheets={info.spreadsheets} /> : null}
          {info !== undefined && place === 'xero' ? <XeroBooks /> : null}
        </div>
        <aside aria-label="Foliokeep">
          {info === undefined ? null : <iframe src={info.panelUrl} title="Foliokeep" />}
        </aside>
      </div>
    </div>
  );
}

function Tab(props: {
  id: Place;
  word: string;
  place: Place;
  onChoose: (place: Place) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      role="tab"
      class="plain tab"
      aria-selected={props.place === props.id}
      onClick={() => props.onChoose(props.id)}
    >
      {props.word}
    </button>
  );
}
