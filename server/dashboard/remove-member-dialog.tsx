/** Says by name what stops before a member is removed, or leaves. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { MemberView } from '../../shared/contract/team.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { sayCount } from '../../shared/ui/when.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

const namedAtMost = 8;

export function RemoveMemberDialog(props: {
  member: MemberView;
  onGone: () => Promise<void>;
  onClose: () => void;
}): JSX.Element {
  const { member } = props;
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const name = member.name === '' ? member.email : member.name;
  const params = { userId: member.userId };
  const preview = useLoaded(
    async () => (member.isYou ? null : callApi('previewDeparture', { params })),
    () => null,
  );
  const go = async (close: () => void): Promise<void> => {
    setWorking(true);
    try {
      if (member.isYou) await callApi('leaveTeam', {});
      else await callApi('removeMember', { params });
      close();
      await props.onGone();
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };
  const problem = trouble ?? preview.trouble;
  return (
    <Dialog title={member.isYou ? 'Leave this team' : `Remove ${name}`} onClose={props.onClose}>
      {(close) => (
        <>
          {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
          {preview.data === undefined && problem === undefined ? <Skeleton lines={4} /> : null}
          <p>
            {member.isYou
              ? 'You no longer see anything of this team. Tabs that you write, and organisations that you connected, wait for somebody else.'
              : `${name} is signed out of this team at once.`}
          </p>
          {preview.data == null ? null : (
            <>
              <Names
                names={preview.data.exporters}
                none="No tab is written with their Google access."
                some={(count) =>
                  `${sayCount(count, 'exporter waits', 'exporters wait')} until somebody takes over:`
                }
              />
              <Names
                names={preview.data.organisations}
                none="No organisation is read with their consent."
                some={(count) =>
                  `${sayCount(count, 'organisation waits', 'organisations wait')} until somebody reconnects:`
                }
              />
            </>
          )}
          <p class="quiet">Exporters, tabs and rows stay as they are.</p>
          <div class="dialog-actions">
            <button type="button" class="danger" disabled={isWorking} onClick={() => void go(close)}>
              {isWorking ? 'Working' : member.isYou ? 'Leave team' : `Remove ${name}`}
            </button>
            <button type="button" onClick={close}>
              {member.isYou ? 'Stay' : 'Keep them'}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function Names(props: {
  names: readonly string[];
  none: string;
  some: (count: number) => string;
}): JSX.Element {
  const { names } = props;
  if (names.length === 0) return <p class="quiet">{props.none}</p>;
  return (
    <div>
      <p>{props.some(names.length)}</p>
      <ul>
        {names.slice(0, namedAtMost).map((one, at) => (
          <li key={`${at} ${one}`}>{one}</li>
        ))}
        {names.length > namedAtMost ? <li>and {sayCount(names.length - namedAtMost)} more</li> : null}
      </ul>
    </div>
  );
}
