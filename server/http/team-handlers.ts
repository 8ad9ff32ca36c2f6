/** Handlers of a team's people and of its audit: each calls one use-case. */
import type { auditRoutes } from '../../shared/contract/audit.ts';
import type { teamRoutes } from '../../shared/contract/team.ts';
import type { Ports } from '../ports.ts';
import { downloadAudit, listAudit, verifyAudit } from '../use-cases/audit.ts';
import {
  acceptInvitation,
  inviteMember,
  revokeInvitation,
  viewInvitation,
} from '../use-cases/invitations.ts';
import { changeRole, leaveTeam, previewDeparture, removeMember } from '../use-cases/members.ts';
import { takeOver } from '../use-cases/take-over.ts';
import { listTeams, renameTeam, switchTeam, viewTeam } from '../use-cases/team.ts';
import type { Handlers } from './bind.ts';

type TeamHandlers = Pick<Handlers, keyof typeof teamRoutes | keyof typeof auditRoutes>;

export const teamHandlers = (ports: Ports, publicUrl: string): TeamHandlers => ({
  getTeam: ({ actor }) => viewTeam(ports, actor),
  renameTeam: ({ actor }, { body }) => renameTeam(ports, actor, body.name),
  inviteMember: ({ actor }, { body }) => inviteMember(ports, actor, body, publicUrl),
  revokeInvitation: ({ actor }, { params }) => revokeInvitation(ports, actor, params.invitationId),
  viewInvitation: ({ actor }, { body }) => viewInvitation(ports, actor, body.token),
  acceptInvitation: ({ actor, sessionId }, { body }) =>
    acceptInvitation(ports, actor, { ...body, sessionId }),
  changeRole: async ({ actor }, { params, body }) => {
    await changeRole(ports, actor, { ...params, ...body });
    return viewTeam(ports, actor);
  },
  previewDeparture: ({ actor }, { params }) => previewDeparture(ports, actor, params.userId),
  removeMember: ({ actor }, { params }) => removeMember(ports, actor, params.userId),
  leaveTeam: ({ actor }) => leaveTeam(ports, actor),
  takeOver: ({ actor }, { body }) => takeOver(ports, actor, body.spreadsheetId),
  listTeams: ({ actor }) => listTeams(ports, actor),
  switchTeam: ({ actor, sessionId }, { params }) => switchTeam(ports, actor, { ...params, sessionId }),

  listAudit: ({ actor }, { query }) => listAudit(ports, actor, query),
  downloadAudit: ({ actor }, { body }) => downloadAudit(ports, actor, body),
  verifyAudit: ({ actor }) => verifyAudit(ports, actor),
});
