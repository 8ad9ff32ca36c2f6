/** One member: who they are, what they may do, and for owners the ways to change that. */
import type { JSX } from 'preact';
import type { MemberView, Role } from '../../shared/contract/team.ts';
import { roleMeanings, roleWords } from '../../shared/labels.ts';

export function MemberRow(props: {
  member: MemberView;
  canManage: boolean;
  onRole: (role: Role) => void;
  onLeave: () => void;
}): JSX.Element {
  const { member, canManage } = props;
  const name = member.name === '' ? member.email : member.name;
  return (
    <li class="row connection">
      <div class="row-main">
        <span class="name" title={name}>
          {name}
          {member.isYou ? ' (you)' : ''}
        </span>
        <span class="quiet one-line" title={member.email}>
          {member.email}
        </span>
      </div>
      {canManage ? (
        <select
          class="role"
          value={member.role}
          aria-label={`Role of ${name}`}
          title={roleMeanings[member.role]}
          onChange={(event) => {
            const role = event.currentTarget.value as Role;
            // Shown once the server has said yes.
            event.currentTarget.value = member.role;
            props.onRole(role);
          }}
        >
          {(Object.keys(roleWords) as Role[]).map((role) => (
            <option key={role} value={role}>
              {roleWords[role]}
            </option>
          ))}
        </select>
      ) : (
        <span class="quiet" title={roleMeanings[member.role]}>
          {roleWords[member.role]}
        </span>
      )}
      {canManage || member.isYou ? (
        <div class="row-actions">
          <button
            type="button"
            class="plain"
            onClick={props.onLeave}
            aria-label={member.isYou ? 'Leave this team' : `Remove ${name} from this team`}
          >
            {member.isYou ? 'Leave' : 'Remove'}
          </button>
        </div>
      ) : null}
    </li>
  );
}
