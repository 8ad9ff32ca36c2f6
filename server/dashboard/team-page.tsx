/** The team: its people and what they may do, open invitations, and for owners what was done and what was deleted. */
import type { JSX } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { MemberView, Role, TeamView } from '../../shared/contract/team.ts';
import { roleWords } from '../../shared/labels.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { sayWhenWithin } from '../../shared/ui/when.ts';
import { Activity } from './activity.tsx';
import { InviteForm } from './invite-form.tsx';
import { MemberRow } from './member-row.tsx';
import { PersonContext } from './person.ts';
import { Receipts } from './receipts.tsx';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';
import { callApi } from './server-api.ts';
import { TeamName } from './team-name.tsx';
import { useAct } from './use-act.ts';
import { useLoaded } from './use-loaded.ts';

export function TeamPage(): JSX.Element {
  const { isOwner, refresh } = useContext(PersonContext);
  const team = useLoaded(
    () => callApi('getTeam', {}),
    () => null,
  );
  const { act, trouble } = useAct(team.reload);
  const [leaving, setLeaving] = useState<MemberView | undefined>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  // The page is new: who cannot see it hears where they are.
  useEffect(() => heading.current?.focus(), []);

  const problem = trouble ?? team.trouble;
  return (
    <>
      <section aria-labelledby="team-title">
        <div class="section-head">
          <h2 id="team-title" ref={heading} tabIndex={-1}>
            People
          </h2>
        </div>
        {problem === undefined ? null : (
          <ProblemBox sentence={problem.sentence} code={problem.code}>
            {team.data === undefined ? (
              <button type="button" onClick={() => void team.reload()}>
                Try again
              </button>
            ) : null}
          </ProblemBox>
        )}
        {team.data === undefined && problem === undefined ? <Skeleton lines={4} /> : null}
        {team.data === undefined ? null : (
          <>
            <TeamName
              name={team.data.name}
              canRename={isOwner}
              onRenamed={async () => {
                await Promise.all([team.reload(), refresh()]);
              }}
            />
            <ul class="rows">
              {team.data.members.map((member) => (
                <MemberRow
                  key={member.userId}
                  member={member}
                  canManage={isOwner}
                  onRole={(role) =>
                    void act(async () => {
                      await callApi('changeRole', { params: { userId: member.userId }, body: { role } });
                      if (member.isYou) await refresh();
                    })
                  }
                  onLeave={() => setLeaving(member)}
                />
              ))}
            </ul>
            {isOwner ? <InviteForm isFirst={team.data.members.length === 1} onInvited={team.reload} /> : null}
            <Invitations team={team.data} onRevoke={(id) => void act(() => revoke(id))} />
          </>
        )}
      </section>
      {isOwner ? <Activity /> : null}
      {isOwner ? <Receipts /> : null}
      {leaving === undefined ? null : (
        <RemoveMemberDialog
          member={leaving}
          onGone={() => (leaving.isYou ? refresh() : team.reload())}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </>
  );
}

const revoke = (invitationId: string): Promise<void> =>
  callApi('revokeInvitation', { params: { invitationId } });

function Invitations(props: { team: TeamView; onRevoke: (id: string) => void }): JSX.Element | null {
  const { invitations } = props.team;
  if (invitations.length === 0) return null;
  return (
    <ul class="rows" aria-label="Open invitations">
      {invitations.map(({ id, email, role, expiresAt }) => (
        <li key={id} class="row connection">
          <div class="row-main">
            <span class="name" title={email}>
              {email}
            </span>
            <span class="quiet">
              Invited as {word(role)}, until {sayWhenWithin(expiresAt, new Date())}
            </span>
          </div>
          <span class="chip chip-waiting">
            <Icon name="clock" size={14} />
            Invited
          </span>
          <div class="row-actions">
            <button
              type="button"
              class="plain"
              onClick={() => props.onRevoke(id)}
              aria-label={`Withdraw the invitation of ${email}`}
            >
              Withdraw
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}

const word = (role: Role): string => roleWords[role].toLowerCase();
