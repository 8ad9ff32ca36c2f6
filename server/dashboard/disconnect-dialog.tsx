/** Says by name what pauses and what stays before a connection is removed. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { sayCount } from '../../shared/ui/when.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

const namedAtMost = 8;

export function DisconnectDialog(props: { connection: ConnectionView; onClose: () => void }): JSX.Element {
  const { connection, onClose } = props;
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const params = { connectionId: connection.id };
  const outcome = useLoaded(
    () => callApi('previewDisconnect', { params }),
    () => null,
  );

  const disconnect = async (close: () => void): Promise<void> => {
    setWorking(true);
    try {
      await callApi('disconnect', { params });
      close();
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };
  const problem = trouble ?? outcome.trouble;
  const pauses = outcome.data?.pauses ?? [];
  return (
    <Dialog title={`Disconnect ${connection.name}`} onClose={onClose}>
      {(close) => (
        <>
          {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
          {outcome.data === undefined ? (
            <Skeleton lines={5} />
          ) : (
            <>
              <p>
                {pauses.length === 0
                  ? 'No running exporter uses it.'
                  : `${sayCount(pauses.length, 'exporter pauses', 'exporters pause')}:`}
              </p>
              {pauses.length === 0 ? null : (
                <ul>
                  {pauses.slice(0, namedAtMost).map((name, at) => (
                    <li key={`${at} ${name}`}>{name}</li>
                  ))}
                  {pauses.length > namedAtMost ? (
                    <li>and {sayCount(pauses.length - namedAtMost)} more</li>
                  ) : null}
                </ul>
              )}
              <p>What stays:</p>
              <ul>
                {outcome.data.keeps.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </>
          )}
          <div class="dialog-actions">
            <button
              type="button"
              class="danger"
              disabled={isWorking || outcome.data === undefined}
              onClick={() => void disconnect(close)}
            >
              {isWorking ? 'Disconnecting' : 'Disconnect organisation'}
            </button>
            <button type="button" onClick={close}>
              Keep it connected
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
