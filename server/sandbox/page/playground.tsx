/** A spreadsheet with Foliokeep beside it, as in Google Sheets, and the Xero that it reads: all on this machine. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ProblemBox, Skeleton } from '../../../shared/ui/states.tsx';
import { type OpenSheetWish, openSheetWish } from './open-sheet-message.ts';
import { ask, type PlaygroundInfo, sayTrouble } from './playground-api.ts';
import { SheetView } from './sheet-view.tsx';
import { XeroBooks } from './xero-books.tsx';

type Place = 'sheet' | 'xero';

export function Playground(): JSX.Element {
  const [info, setInfo] = useState<PlaygroundInfo | undefined>(undefined);
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const [place, setPlace] = useState<Place>('sheet');
  const [wish, setWish] = useState<OpenSheetWish | undefined>(undefined);
  useEffect(() => {
    const load = () =>
      ask<PlaygroundInfo>('/playground.json')
        .then((answer) => {
          setInfo(answer);
          setTrouble(undefined);
        })
        .catch((error: unknown) => setTrouble(sayTrouble(error)));
    void load();
    const timer = setInterval(() => void load(), 3_000);
    return () => clearInterval(timer);
  }, []);
  const panelOrigin = info === undefined ? undefined : new URL(info.panelUrl).origin;
  useEffect(() => {
    const listen = (event: MessageEvent) => {
      const next = event.origin === panelOrigin ? openSheetWish(event.data) : undefined;
      if (next === undefined) return;
      setWish(next);
      setPlace('sheet');
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, [panelOrigin]);

  return (
    <div class="playground">
      <header class="top">
        <strong>Playground</strong>
        <nav class="places" aria-label="What to look at">
          <Tab id="sheet" word="Spreadsheet" place={place} onChoose={setPlace} />
          <Tab id="xero" word="Xero" place={place} onChoose={setPlace} />
        </nav>
        <span class="who">A stand-in for Google Sheets and Xero. Nothing leaves this machine.</span>
      </header>
      <div class="stage">
        <main class="world">
          {trouble !== undefined ? (
            <ProblemBox
              sentence="The sandbox does not answer. Start it again with npm start."
              code={trouble}
            />
          ) : null}
          {info === undefined && trouble === undefined ? <Skeleton lines={12} /> : null}
          {info !== undefined && place === 'sheet' ? (
            <SheetView spreadsheets={info.spreadsheets} wish={wish} />
          ) : null}
          {info !== undefined && place === 'xero' ? <XeroBooks /> : null}
        </main>
        <aside aria-label="Foliokeep">
          {info === undefined ? null : (
            <iframe src={info.panelUrl} title="Foliokeep" allow="clipboard-write" />
          )}
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
      class="plain tab"
      aria-current={props.place === props.id ? 'page' : 'false'}
      onClick={() => props.onChoose(props.id)}
    >
      {props.word}
    </button>
  );
}
