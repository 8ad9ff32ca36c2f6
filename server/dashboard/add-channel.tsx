/** Adds a webhook or a chat space, and sends it a test, so that its state is known at once. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type ChannelView, usualWishes } from '../../shared/contract/channel.ts';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { WishesEditor } from './wishes-editor.tsx';

type Kind = ChannelView['kind'];

const kinds: Record<Kind, { word: string; hint: string; example: string }> = {
  chat: {
    word: 'Google Chat space',
    hint: 'In the space: Apps & integrations, Webhooks, Add webhook. Copy its link.',
    example: 'https://chat.googleapis.com/v1/spaces/…',
  },
  webhook: {
    word: 'Webhook',
    hint: 'An https address of another system. Each message is signed with a secret that you see once.',
    example: 'https://example.com/foliokeep',
  },
};

export function AddChannel(props: {
  /** With the secret of a new webhook; undefined when there is none to show. */
  onDone: (made: { name: string; secret: string } | undefined) => void;
}): JSX.Element {
  const [kind, setKind] = useState<Kind>('chat');
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [isForAll, setForAll] = useState(true);
  const [on, setOn] = useState(usualWishes);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const add = async (): Promise<void> => {
    setWorking(true);
    setTrouble(undefined);
    try {
      const { channel, secret } = await callApi('addChannel', {
        body: { kind, name, url: url.trim(), isForAll, on },
      });
      // What came of it shows in the list.
      if (secret === null) await callApi('testChannel', { params: { channelId: channel.id } });
      props.onDone(secret === null ? undefined : { name: channel.name, secret });
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };
  return (
    <form
      class="card"
      aria-label="Add channel"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWorking) void add();
      }}
    >
      <h3>Add channel</h3>
      <label>
        Kind
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)}>
          {(Object.keys(kinds) as Kind[]).map((one) => (
            <option key={one} value={one}>
              {kinds[one].word}
            </option>
          ))}
        </select>
      </label>
      <label>
        Name
        <input
          type="text"
          value={name}
          maxLength={80}
          required
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        Address
        <input
          type="text"
          inputMode="url"
          autocomplete="off"
          value={url}
          maxLength={2_000}
          required
          placeholder={kinds[kind].example}
          aria-invalid={trouble?.field === 'url'}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
        <span class="quiet">{kinds[kind].hint}</span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={isForAll}
          onChange={(event) => setForAll(event.currentTarget.checked)}
        />
        <span>Hears of every exporter</span>
      </label>
      {isForAll ? (
        <WishesEditor title="It hears when" on={on} onChange={setOn} />
      ) : (
        <p class="quiet">It hears of the exporters that name it, in their settings under Notices.</p>
      )}
      {trouble === undefined ? null : <ProblemBox sentence={sayTrouble(trouble)} code={trouble.code} />}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={isWorking || name.trim() === '' || url.trim() === ''}>
          {isWorking ? 'Adding' : 'Add channel'}
        </button>
        <button type="button" onClick={() => props.onDone(undefined)}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** The field by the name that it has here. */
const sayTrouble = ({ sentence, field }: Trouble): string =>
  field === 'url' ? sentence.replace(/^url: (.*?)\.?$/, 'The address $1.') : sentence;
