/** Deletes a team's data of a disconnected organisation, in thirty days: what goes is shown by name, and its name is typed. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { sayCount, sayWhenWithin } from '../../shared/ui/when.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

const namedAtMost = 8;

export function DeleteDataDialog(props: {
  connection: ConnectionView;
  onDeleted: () => void;
  onClose: () => void;
}): JSX.Element {
  const { connection } = props;
  const [typed, setTyped] = useState('');
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const params = { connectionId: connection.id };
  const preview = useLoaded(
    () => callApi('previewDeletion', { params }),
    () => null,
  );
  const isNamed = typed.trim() === connection.name.trim();
  const remove = async (close: () => void): Promise<void> => {
    setWorking(true);
    try {
      await callApi('deleteOrganisationData', { params, body: { name: typed } });
      props.onDeleted();
      close();
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };
  const problem = trouble ?? preview.trouble;
  return (
    <Dialog title={`Delete the data of ${connection.name}`} onClose={props.onClose}>
      {(close) => (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (isNamed && !isWorking) void remove(close);
          }}
        >
          {preview.data === undefined ? (
            problem === undefined ? (
              <Skeleton lines={5} />
            ) : null
          ) : (
            <>
              <p>
                What goes for good {sayWhenWithin(preview.data.dueAt, new Date())}; until then it can be
                undone:
              </p>
              <ul>
                <li>
                  Foliokeep’s copy of {connection.name}: {sizeOf(preview.data)}
                </li>
                {preview.data.exporters.slice(0, namedAtMost).map((name, at) => (
                  <li key={`${at} ${name}`}>Exporter {name}, with its history</li>
                ))}
                {preview.data.exporters.length > namedAtMost ? (
                  <li>and {sayCount(preview.data.exporters.length - namedAtMost, 'more exporter')}</li>
                ) : null}
              </ul>
              <p>What stays:</p>
              <ul>
                {preview.data.keeps.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </>
          )}
          <label>
            Type {connection.name} to confirm
            <input
              type="text"
              value={typed}
              autocomplete="off"
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
          <div class="dialog-actions">
            <button
              type="submit"
              class="danger"
              disabled={!isNamed || isWorking || preview.data === undefined}
            >
              {isWorking ? 'Deleting' : 'Delete data'}
            </button>
            <button type="button" onClick={close}>
              Keep it
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

const sizeOf = ({ files, bytes, snapshots }: { files: number; bytes: number; snapshots: number }): string => {
  if (files === 0) return 'nothing was read yet';
  const megabytes = bytes / 1_000_000;
  const size =
    megabytes < 1 ? `${sayCount(Math.ceil(bytes / 1_000))} KB` : `${sayCount(Math.ceil(megabytes))} MB`;
  const kept = snapshots === 0 ? '' : `, ${sayCount(snapshots, 'snapshot')}`;
  return `${sayCount(files, 'file')} with ${size}${kept}`;
};
