/** What a person gets by mail: notices at all, and a digest a day at their time. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TestOutcome } from '../../shared/contract/channel.ts';
import type { OwnNotices } from '../../shared/contract/notice.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { sayWhenWithin } from '../../shared/ui/when.ts';
import { SayTest } from './say-test.tsx';
import { callApi } from './server-api.ts';
import { useAct } from './use-act.ts';
import { useLoaded } from './use-loaded.ts';

export function OwnNoticesForm(): JSX.Element {
  const own = useLoaded(
    () => callApi('getOwnNotices', {}),
    () => null,
  );
  const { act, trouble } = useAct(own.reload);
  const [test, setTest] = useState<TestOutcome | 'sending' | undefined>(undefined);
  const save = (body: { hasMail?: boolean; digest?: OwnNotices['digest'] }) =>
    act(() => callApi('editOwnNotices', { body }));
  const send = async (): Promise<void> => {
    setTest('sending');
    await act(async () => setTest(await callApi('testMail', {})));
    setTest((now) => (now === 'sending' ? undefined : now));
  };
  const problem = trouble ?? own.trouble;
  const { data } = own;
  return (
    <section aria-labelledby="own-notices-title">
      <div class="section-head">
        <h2 id="own-notices-title">Your mail</h2>
        {data === undefined ? null : (
          <button type="button" disabled={test === 'sending'} onClick={() => void send()}>
            {test === 'sending' ? 'Sending' : 'Send a test'}
          </button>
        )}
      </div>
      {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
      {data === undefined && problem === undefined ? <Skeleton lines={2} /> : null}
      {data === undefined ? null : (
        <div class="card own-notices">
          <SayTest test={test} to={data.email} />
          <label class="check">
            <input
              type="checkbox"
              checked={data.hasMail}
              onChange={(event) => void save({ hasMail: event.currentTarget.checked })}
            />
            <span>Mail me notices at {data.email}</span>
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={data.digest.isOn}
              onChange={(event) => void save({ digest: digestOf(data, event.currentTarget.checked) })}
            />
            <span>Mail me how all organisations stand, once a day</span>
          </label>
          {data.digest.isOn ? (
            <label class="digest-time">
              At
              <input
                type="time"
                required
                value={data.digest.time}
                onChange={(event) => {
                  const time = event.currentTarget.value;
                  if (time !== '') void save({ digest: { ...data.digest, time } });
                }}
              />
              <span class="quiet">
                {data.nextDigestAt === null
                  ? ''
                  : `The next one comes ${sayWhenWithin(data.nextDigestAt, new Date(), data.digest.timeZone)}.`}
              </span>
            </label>
          ) : null}
        </div>
      )}
    </section>
  );
}

/** First turned on: in the zone where the person is. */
const digestOf = ({ digest }: OwnNotices, isOn: boolean): OwnNotices['digest'] => ({
  ...digest,
  isOn,
  timeZone: isOn ? Intl.DateTimeFormat().resolvedOptions().timeZone : digest.timeZone,
});
