/** What was done in the team, newest first, a page at a time; to be downloaded as it is stored, and checked. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AuditView } from '../../shared/contract/audit.ts';
import { auditWords } from '../../shared/labels.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { sayCount, sayWhen } from '../../shared/ui/when.ts';
import { saveText } from './save-text.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

const pageSize = 20;

export function Activity(): JSX.Element {
  const first = useLoaded(
    () => callApi('listAudit', { query: { limit: pageSize } }),
    () => null,
  );
  const [older, setOlder] = useState<{ entries: AuditView[]; next: string | null } | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const [said, setSaid] = useState('');
  const orTrouble = async (act: () => Promise<void>): Promise<void> => {
    setTrouble(undefined);
    setWorking(true);
    try {
      await act();
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setWorking(false);
  };
  const newest = first.data?.entries ?? [];
  const last = newest.at(-1)?.number ?? 0;
  // A look at the newest may have moved on; what is older than its end follows.
  const entries = [...newest, ...(older?.entries ?? []).filter(({ number }) => number < last)];
  const next = older === undefined ? (first.data?.next ?? null) : older.next;
  const more = () =>
    orTrouble(async () => {
      const page = await callApi('listAudit', { query: { limit: pageSize, after: next ?? '' } });
      setOlder({ entries: [...(older?.entries ?? []), ...page.entries], next: page.next });
    });
  const download = () =>
    orTrouble(async () => {
      const parts: string[] = [];
      for (let from: number | null = 1; from !== null; ) {
        const { lines, next: following }: { lines: string; next: number | null } = await callApi(
          'downloadAudit',
          {
            body: { from },
          },
        );
        parts.push(lines);
        from = following;
      }
      saveText('foliokeep-activity.jsonl', parts.join(''), 'application/jsonl');
    });
  const verify = () =>
    orTrouble(async () => {
      const { isWhole, entries: count, problem } = await callApi('verifyAudit', {});
      setSaid(
        isWhole
          ? `All ${sayCount(count, 'entry is', 'entries are')} as written: none was altered or removed.`
          : `The record was tampered with: ${problem}.`,
      );
    });
  const problem = trouble ?? first.trouble;
  return (
    <section aria-labelledby="activity-title">
      <div class="section-head">
        <h2 id="activity-title">Activity</h2>
        <button type="button" disabled={isWorking} onClick={() => void verify()}>
          Check record
        </button>
        <button type="button" disabled={isWorking} onClick={() => void download()}>
          Download activity
        </button>
      </div>
      {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
      <p role="status" class="quiet">
        {said}
      </p>
      {first.data === undefined && problem === undefined ? <Skeleton lines={5} /> : null}
      {first.data === undefined ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
        <section class="table-scroll" tabIndex={0} aria-label="Entries">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">Outcome</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.number}>
                  <td>{sayWhen(entry.at, new Date())}</td>
                  <td title={entry.actor}>{entry.actor}</td>
                  <td title={whatOf(entry)}>{whatOf(entry)}</td>
                  <td>{outcomeOf(entry)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {next === null ? null : (
        <div class="more">
          <button type="button" disabled={isWorking} onClick={() => void more()}>
            Show older
          </button>
        </div>
      )}
    </section>
  );
}

const whatOf = ({ act, object, details }: AuditView): string => {
  const role = details['to'] ?? details['role'];
  return [auditWords[act] ?? act, object, role === undefined ? '' : `(${role})`]
    .filter((part) => part !== '')
    .join(' ');
};

const outcomeOf = ({ outcome, code }: AuditView): string =>
  outcome === 'done' ? 'Done' : `${outcome === 'refused' ? 'Refused' : 'Failed'}: ${code ?? ''}`;
