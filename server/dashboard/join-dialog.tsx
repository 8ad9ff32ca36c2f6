/** An invitation's link was opened: what it offers, and the one button to take it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { roleMeanings, roleWords } from '../../shared/labels.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

/** The token of the address, if it is that of an invitation. It stands after `#`, so that it reaches no server's log. */
export const invitationIn = (hash: string): string | undefined =>
  /^#invitation=([A-Za-z0-9_-]{43})$/.exec(hash)?.[1];

export function JoinDialog(props: {
  token: string;
  email: string;
  onJoined: () => Promise<void>;
  onClose: () => void;
}): JSX.Element {
  const { token } = props;
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const offer = useLoaded(
    () => callApi('viewInvitation', { body: { token } }),
    () => null,
  );
  const join = async (close: () => void): Promise<void> => {
    setWorking(true);
    try {
      await callApi('acceptInvitation', { body: { token } });
      await props.onJoined();
      close();
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };
  const problem = trouble ?? offer.trouble;
  return (
    <Dialog
      title={offer.data === undefined ? 'Invitation' : `Join ${offer.data.team}`}
      onClose={props.onClose}
    >
      {(close) => (
        <>
          {problem === undefined ? null : (
            <ProblemBox
              sentence={problem.sentence}
              code={problem.code}
              meaning={`You are signed in as ${props.email}.`}
            />
          )}
          {offer.data === undefined && problem === undefined ? <Skeleton lines={3} /> : null}
          {offer.data === undefined ? null : (
            <>
              <p>
                {offer.data.invitedBy === '' ? 'An owner' : offer.data.invitedBy} invites you to{' '}
                {offer.data.team} as {roleWords[offer.data.role].toLowerCase()}.
              </p>
              <p class="quiet">{roleMeanings[offer.data.role]}</p>
            </>
          )}
          <div class="dialog-actions">
            {offer.data === undefined ? null : (
              <button type="button" class="primary" disabled={isWorking} onClick={() => void join(close)}>
                {isWorking ? 'Joining' : 'Join team'}
              </button>
            )}
            <button type="button" onClick={close}>
              {offer.data === undefined ? 'Close' : 'Not now'}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
