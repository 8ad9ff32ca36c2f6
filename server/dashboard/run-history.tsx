/** The runs of an exporter, newest first, as a table that can be copied. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { CopyButton } from '../../shared/ui/copy-button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { tsvOf } from '../../shared/ui/tsv.ts';
import { sayCount, sayWhen } from '../../shared/ui/when.ts';
import { sayNews, sayOutcome, saySeconds } from './run-words.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

export function RunHistory(props: { exporter: ExporterView; onClose: () => void }): JSX.Element {
  const [runs, setRuns] = useState<readonly RunView[] | undefined>(undefined);
  const [next, setNext] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const exporterId = props.exporter.id;
  const load = async (after: string | undefined, before: readonly RunView[]): Promise<void> => {
    try {
      const page = await callApi('listRuns', {
        params: { exporterId },
        query: { limit: 20, ...(after === undefined ? {} : { after }) },
      });
      setRuns([...before, ...page.runs]);
      setNext(page.next);
      setTrouble(undefined);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };
  useEffect(() => {
    void load(undefined, []);
  }, []);

  return (
    <Dialog title={`Runs of ${props.exporter.name}`} isWide onClose={props.onClose}>
      {(close) => (
        <>
          {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
          {runs === undefined && trouble === undefined ? <Skeleton lines={5} /> : null}
          {runs?.length === 0 ? <p class="quiet">It has not run yet.</p> : null}
          {runs === undefined || runs.length === 0 ? null : <RunTable runs={runs} />}
          <div class="dialog-actions">
            <button type="button" onClick={close}>
              Close
            </button>
            {next === null ? null : (
              <button type="button" onClick={() => void load(next, runs ?? [])}>
                Show older runs
              </button>
            )}
            {runs === undefined || runs.length === 0 ? null : <CopyButton text={() => asTsv(runs)} />}
          </div>
        </>
      )}
    </Dialog>
  );
}

function RunTable({ runs }: { runs: readonly RunView[] }): JSX.Element {
  return (
    <section
      class="table-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      aria-label="Runs"
    >
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Ended</th>
            <th scope="col">Outcome</th>
            {['Rows', 'Cells written', 'Xero calls', 'Time'].map((word) => (
              <th key={word} scope="col" class="number">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <td>{sayWhen(run.endedAt ?? run.requestedAt, new Date())}</td>
              <td class="wraps">
                {sayOutcome(run)}
                {run.error === null ? null : <span class="quiet"> {run.error.sentence}</span>}
                {run.news.length === 0 ? null : <span class="quiet"> {sayNews(run.news).join(' ')}</span>}
              </td>
              <td class="number">{sayCount(run.counters.rows)}</td>
              <td class="number">{sayCount(run.counters.cellsWritten)}</td>
              <td class="number">{sayCount(run.counters.xeroCalls)}</td>
              <td class="number">{saySeconds(run)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const asTsv = (runs: readonly RunView[]): string =>
  tsvOf(
    [
      { label: 'Requested', type: 'instant' },
      { label: 'Ended', type: 'instant' },
      { label: 'Outcome', type: 'text' },
      { label: 'Rows', type: 'integer' },
      { label: 'Cells written', type: 'integer' },
      { label: 'Xero calls', type: 'integer' },
    ],
    runs.map((run) => [
      run.requestedAt,
      run.endedAt,
      sayOutcome(run),
      run.counters.rows,
      run.counters.cellsWritten,
      run.counters.xeroCalls,
    ]),
  );
