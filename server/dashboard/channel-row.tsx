/** One webhook or chat space: how its newest message went, and what an owner can do with it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ChannelView, TestOutcome, WishesView } from '../../shared/contract/channel.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { sayWhenWithin } from '../../shared/ui/when.ts';
import { SayTest } from './say-test.tsx';
import { callApi } from './server-api.ts';
import { useAct } from './use-act.ts';
import { WishesEditor } from './wishes-editor.tsx';

export function ChannelRow(props: {
  channel: ChannelView;
  canManage: boolean;
  onChanged: () => Promise<void>;
  onSecret: (secret: string) => void;
}): JSX.Element {
  const { channel, onChanged } = props;
  const params = { channelId: channel.id };
  const { act, trouble } = useAct(onChanged);
  const [test, setTest] = useState<TestOutcome | 'sending' | undefined>(undefined);
  const [asked, setAsked] = useState<'nothing' | 'remove' | 'secret'>('nothing');
  const send = async (): Promise<void> => {
    setTest('sending');
    await act(async () => setTest(await callApi('testChannel', { params })));
    setTest((now) => (now === 'sending' ? undefined : now));
  };
  const edit = (body: { isForAll?: boolean; on?: WishesView }) =>
    act(() => callApi('editChannel', { params, body }));
  const { look, word, icon } = standingOf(channel);
  return (
    <li class="row channel">
      <div class="row-main">
        <span class="name" title={channel.name}>
          {channel.name}
        </span>
        <span class="quiet">
          {channel.kind === 'chat' ? 'Google Chat space' : `Webhook at ${channel.host}`}
          {channel.last === null ? '' : ` · newest message ${sayWhenWithin(channel.last.at, new Date())}`}
        </span>
      </div>
      <span class={`chip ${look}`}>
        <Icon name={icon} size={14} />
        {word}
      </span>
      {props.canManage ? (
        <div class="row-actions">
          <button
            type="button"
            disabled={test === 'sending'}
            onClick={() => void send()}
            aria-label={`Send a test to ${channel.name}`}
          >
            {test === 'sending' ? 'Sending' : 'Send a test'}
          </button>
          <button
            type="button"
            class="plain"
            onClick={() => setAsked('remove')}
            aria-label={`Remove ${channel.name}`}
          >
            Remove
          </button>
        </div>
      ) : null}
      {test === undefined || test === 'sending' ? null : (
        <div class="row-note">
          <SayTest test={test} to={channel.name} />
        </div>
      )}
      {channel.last === null || channel.last.problem === '' || test !== undefined ? null : (
        <p class="row-note quiet">
          {sentence(channel.last.problem)}{' '}
          {channel.last.outcome === 'failed' ? 'Notices are tried again for three days.' : ''}
        </p>
      )}
      {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
      <details class="row-note">
        <summary>What it hears</summary>
        <div class="stack">
          <label class="check">
            <input
              type="checkbox"
              checked={channel.isForAll}
              disabled={!props.canManage}
              onChange={(event) => void edit({ isForAll: event.currentTarget.checked })}
            />
            <span>Hears of every exporter</span>
          </label>
          {channel.isForAll ? (
            <WishesEditor
              title="It hears when"
              on={channel.on}
              isDisabled={!props.canManage}
              onChange={(on) => void edit({ on })}
            />
          ) : null}
          {props.canManage && channel.kind === 'webhook' ? (
            <button type="button" onClick={() => setAsked('secret')}>
              Make a new secret
            </button>
          ) : null}
        </div>
      </details>
      {asked === 'nothing' ? null : (
        <ConfirmDialog
          {...(asked === 'remove'
            ? {
                title: `Remove ${channel.name}`,
                meaning: 'It hears nothing more. Notices stay on this page.',
                verb: 'Remove channel',
                isDanger: true,
              }
            : {
                title: `A new secret for ${channel.name}`,
                meaning: 'For a day messages are signed with both. After that only the new one counts.',
                verb: 'Make a new secret',
                isDanger: false,
              })}
          onYes={() =>
            act(async () => {
              if (asked === 'remove') await callApi('removeChannel', { params });
              else props.onSecret((await callApi('rotateSecret', { params })).secret);
            })
          }
          onClose={() => setAsked('nothing')}
        />
      )}
    </li>
  );
}

function ConfirmDialog(props: {
  title: string;
  meaning: string;
  verb: string;
  isDanger: boolean;
  onYes: () => Promise<void>;
  onClose: () => void;
}): JSX.Element {
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      {(close) => (
        <>
          <p>{props.meaning}</p>
          <div class="dialog-actions">
            <button
              type="button"
              class={props.isDanger ? 'danger' : 'primary'}
              onClick={() => {
                close();
                void props.onYes();
              }}
            >
              {props.verb}
            </button>
            <button type="button" onClick={close}>
              Keep it
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

/** The server's words begin in the middle of a sentence. */
const sentence = (problem: string): string => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;

function standingOf({ last }: ChannelView): {
  look: string;
  word: string;
  icon: 'check' | 'warning' | 'dot';
} {
  if (last === null) return { look: 'chip-new', word: 'Not used yet', icon: 'dot' };
  if (last.outcome === 'taken') return { look: 'chip-ok', word: 'Arrives', icon: 'check' };
  return { look: 'chip-needs-you', word: 'Not taken', icon: 'warning' };
}
