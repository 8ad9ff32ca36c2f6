/** Where else the team's notices go: webhooks and chat spaces. Owners change them; everybody sees how they stand. */
import type { JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { Icon } from '../../shared/ui/icon.tsx';
import { Empty, ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { AddChannel } from './add-channel.tsx';
import { ChannelRow } from './channel-row.tsx';
import { PersonContext } from './person.ts';
import { SecretDialog } from './secret-dialog.tsx';
import { callApi } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

export function Channels(): JSX.Element {
  const { isOwner } = useContext(PersonContext);
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<{ name: string; secret: string } | undefined>(undefined);
  const loaded = useLoaded(
    () => callApi('listChannels', {}),
    () => 30_000,
  );
  const channels = loaded.data?.channels ?? [];
  return (
    <section aria-labelledby="channels-title">
      <div class="section-head">
        <h2 id="channels-title">Webhooks and chat spaces</h2>
        {isOwner && !isAdding && channels.length > 0 ? (
          <button type="button" onClick={() => setAdding(true)}>
            <Icon name="plus" /> Add channel
          </button>
        ) : null}
      </div>
      {loaded.trouble === undefined ? null : (
        <ProblemBox sentence={loaded.trouble.sentence} code={loaded.trouble.code} />
      )}
      {loaded.data === undefined && loaded.trouble === undefined ? <Skeleton lines={2} /> : null}
      {loaded.data !== undefined && channels.length === 0 && !isAdding ? (
        <Empty
          sentence="The team’s notices can go to a chat space or another system as well."
          example="For example the Google Chat space of your bookkeepers."
        >
          {isOwner ? (
            <button type="button" onClick={() => setAdding(true)}>
              Add channel
            </button>
          ) : null}
        </Empty>
      ) : null}
      {isAdding ? (
        <AddChannel
          onDone={(made) => {
            setAdding(false);
            if (made !== undefined) setSecret(made);
            void loaded.reload();
          }}
        />
      ) : null}
      {channels.length === 0 ? null : (
        <ul class="rows">
          {channels.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              canManage={isOwner}
              onChanged={loaded.reload}
              onSecret={(text) => setSecret({ name: channel.name, secret: text })}
            />
          ))}
        </ul>
      )}
      {secret === undefined ? null : (
        <SecretDialog name={secret.name} secret={secret.secret} onClose={() => setSecret(undefined)} />
      )}
    </section>
  );
}
