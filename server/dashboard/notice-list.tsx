/** The team's notices, those that still hold first, and what did not arrive. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { NoticeView } from '../../shared/contract/notice.ts';
import { Empty, ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { NoticeRow } from './notice-row.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { Undelivered } from './undelivered.tsx';
import { useLoaded } from './use-loaded.ts';

export function NoticeList(props: { onSeen: () => Promise<void> }): JSX.Element {
  const { onSeen } = props;
  const first = useLoaded(
    () => callApi('listNotices', { query: {} }),
    () => 30_000,
  );
  const [older, setOlder] = useState<{ notices: NoticeView[]; next: string | null } | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const newest = first.data?.notices[0];

  // Shown is seen; the marks stay until the page is left.
  useEffect(() => {
    if (newest === undefined || newest.isSeen) return;
    callApi('seeNotices', { body: { until: newest.createdAt } })
      .then(onSeen)
      .catch((error: unknown) => setTrouble(troubleOf(error)));
  }, [newest?.createdAt, newest?.isSeen, onSeen]);

  const showOlder = async (): Promise<void> => {
    const after = older === undefined ? first.data?.next : older.next;
    if (after === undefined || after === null) return;
    try {
      const page = await callApi('listNotices', { query: { after } });
      setOlder({ notices: [...(older?.notices ?? []), ...page.notices], next: page.next });
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };

  const problem = trouble ?? first.trouble;
  if (first.data === undefined && problem !== undefined)
    return (
      <ProblemBox sentence={problem.sentence} code={problem.code}>
        <button type="button" onClick={() => void first.reload()}>
          Try again
        </button>
      </ProblemBox>
    );
  if (first.data === undefined) return <Skeleton lines={4} />;
  const shown = [...first.data.notices, ...(older?.notices ?? [])];
  const all = [...new Map(shown.map((one) => [one.id, one])).values()];
  const next = older === undefined ? first.data.next : older.next;
  return (
    <>
      {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
      <Undelivered messages={first.data.undelivered} />
      {all.length === 0 ? (
        <Empty
          sentence="Nothing needs you."
          example="For example an exporter that fails, or an organisation that was disconnected, shows here once."
        />
      ) : null}
      <ul class="rows">
        {[...all.filter((one) => one.isOpen), ...all.filter((one) => !one.isOpen)].map((notice) => (
          <NoticeRow key={notice.id} notice={notice} onChanged={first.reload} />
        ))}
      </ul>
      {next === null ? null : (
        <div class="more">
          <button type="button" onClick={() => void showOlder()}>
            Show older
          </button>
        </div>
      )}
    </>
  );
}
