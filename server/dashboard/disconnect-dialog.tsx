/** Says by name what pauses and what stays before a connection is removed. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

export function DisconnectDialog(props: { connection: ConnectionView; onClose: () => void }): JSX.Element {
  const { connection, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const params = { connectionId: connection.id };
  const outcome = useLoaded(
    () => callApi('previewDisconnect', { params }),
    () => null,
  );
  useEffect(() => dialog.current?.showModal(), []);

  const disconnect = async (): Promise<void> => {
    setWorking(true);
    try {
      await callApi('disconnect', { params });
      onClose();
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };
  const problem = trouble ?? outcome.trouble;
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="disconnect-title">
      <h2 id="disconnect-title">Disconnect {connection.name}</h2>
      {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
      {outcome.data === undefined ? (
        <Skeleton lines={3} />
      ) : (
        <>
          <p>{outcome.data.pauses.length === 0 ? 'No exporter uses it.' : 'These exporters pause:'}</p>
          <ul>
            {outcome.data.pauses.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
          {outcome.data.keeps.map((sentence) => (
            <p key={sentence} class="quiet">
              {sentence}
            </p>
          ))}
        </>
      )}
      <div class="dialog-actions">
        <button
          type="button"
          class="primary danger"
          disabled={isWorking || outcome.data === undefined}
          onClick={() => void disconnect()}
        >
          {isWorking ? 'Disconnecting' : `Disconnect ${connection.name}`}
        </button>
        <button type="button" onClick={onClose}>
          Keep it
        </button>
      </div>
    </dialog>
  );
}
