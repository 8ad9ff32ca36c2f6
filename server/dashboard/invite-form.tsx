/** Invites somebody by address: the link is mailed, and shown once so that it can be handed over. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Role } from '../../shared/contract/team.ts';
import { roleMeanings, roleWords } from '../../shared/labels.ts';
import { CopyButton } from '../../shared/ui/copy-button.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

interface Made {
  email: string;
  link: string;
  isMailed: boolean;
}

export function InviteForm(props: { isFirst: boolean; onInvited: () => Promise<void> }): JSX.Element {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [made, setMade] = useState<Made | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const invite = async (): Promise<void> => {
    setWorking(true);
    setTrouble(undefined);
    setMade(undefined);
    try {
      const { link, isMailed } = await callApi('inviteMember', { body: { email, role } });
      setMade({ email: email.trim(), link, isMailed });
      setEmail('');
      await props.onInvited();
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setWorking(false);
  };
  return (
    <form
      class="card"
      aria-labelledby="invite-title"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWorking) void invite();
      }}
    >
      <h3 id="invite-title">Invite somebody</h3>
      {props.isFirst ? (
        <p class="quiet">
          You are alone here. For example, a colleague who keeps these sheets with you joins as an editor.
        </p>
      ) : null}
      <div class="invite">
        <label>
          E-mail address of their Google account
          <input
            type="text"
            inputMode="email"
            autocomplete="off"
            value={email}
            maxLength={254}
            aria-invalid={trouble?.field === 'email'}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </label>
        <label>
          Role
          <select value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
            {(Object.keys(roleWords) as Role[]).map((one) => (
              <option key={one} value={one}>
                {roleWords[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="primary" disabled={isWorking || email.trim() === ''}>
          {isWorking ? 'Inviting' : 'Invite'}
        </button>
      </div>
      <p class="quiet">{roleMeanings[role]}</p>
      {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
      {made === undefined ? null : (
        <div class="stack" role="status">
          <p>
            {made.isMailed
              ? `${made.email} has a mail with this link. It is shown here once:`
              : `The mail to ${made.email} could not be sent. Hand this link over yourself; it is shown here once:`}
          </p>
          <p class="inline">
            <input type="text" readOnly value={made.link} aria-label={`Link for ${made.email}`} />
            <CopyButton text={() => made.link} label="Copy link" />
          </p>
          <p class="quiet">It works once, for seven days, and only for {made.email}.</p>
        </div>
      )}
    </form>
  );
}
