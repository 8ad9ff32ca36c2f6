/**
 * Who may call what: the least role of every route, and the act under which the audit knows it. A route that is not here does not
 * compile, and is refused to everybody when it is called all the same.
 *
 * Viewers read. Editors make, change and run exporters and connect Xero, because both need their own consent. Owners decide
 * about people, about the end of a connection, and about data. Everybody may sign out, change team, join and leave.
 */
import type { RouteId } from '../../shared/contract/api.ts';
import type { AuditAct } from '../domain/audit.ts';
import { isAtLeast, type Role } from '../domain/team.ts';
import { UserError } from '../errors.ts';

export interface AccessRow {
  least: Role;
  /** Null: looking is not recorded. */
  act: AuditAct | null;
}

const may = (least: Role, act: AuditAct | null = null): AccessRow => ({ least, act });

export const accessTable: Readonly<Record<RouteId, AccessRow>> = {
  getMe: may('viewer'),
  signOut: may('viewer', 'sign-out'),

  listConnections: may('viewer'),
  beginConsent: may('editor'),
  previewDisconnect: may('viewer'),
  disconnect: may('owner', 'disconnect'),
  previewDeletion: may('owner'),
  deleteOrganisationData: may('owner', 'delete-data'),
  undoDeletion: may('owner', 'undo-deletion'),
  listReceipts: may('owner'),

  getCatalogue: may('viewer'),

  listExporters: may('viewer'),
  createExporter: may('editor', 'create-exporter'),
  getExporter: may('viewer'),
  editExporter: may('editor', 'edit-exporter'),
  pauseExporter: may('editor', 'edit-exporter'),
  resumeExporter: may('editor', 'edit-exporter'),
  previewSchedule: may('viewer'),
  deleteExporter: may('editor', 'delete-exporter'),
  previewRows: may('viewer'),
  listSpreadsheets: may('viewer'),
  createSpreadsheet: may('editor', 'create-spreadsheet'),

  startRun: may('editor', 'run-exporter'),
  listRuns: may('viewer'),
  getRun: may('viewer'),
  cancelRun: may('editor', 'cancel-run'),

  getTeam: may('viewer'),
  renameTeam: may('owner', 'rename-team'),
  inviteMember: may('owner', 'invite'),
  revokeInvitation: may('owner', 'revoke-invitation'),
  // In the audit of the team that is joined or left, which the use-case knows.
  viewInvitation: may('viewer'),
  acceptInvitation: may('viewer'),
  changeRole: may('owner', 'change-role'),
  previewDeparture: may('owner'),
  removeMember: may('owner', 'remove-member'),
  leaveTeam: may('viewer', 'leave-team'),
  takeOver: may('editor', 'take-over'),
  listTeams: may('viewer'),
  switchTeam: may('viewer'),

  listNotices: may('viewer'),
  // What people choose for themselves is no act of the team.
  seeNotices: may('viewer'),
  getOwnNotices: may('viewer'),
  editOwnNotices: may('viewer'),
  testMail: may('viewer'),
  listChannels: may('viewer'),
  // A channel takes news of the team out of it.
  addChannel: may('owner', 'change-settings'),
  editChannel: may('owner', 'change-settings'),
  testChannel: may('owner', 'change-settings'),
  rotateSecret: may('owner', 'change-settings'),
  removeChannel: may('owner', 'change-settings'),
  getExporterNotices: may('viewer'),
  editExporterNotices: may('editor', 'edit-exporter'),

  listAudit: may('owner'),
  downloadAudit: may('owner', 'download-audit'),
  verifyAudit: may('owner'),
};

/** UserError `FORBIDDEN` for a role that may not, and for a route that has no row. */
export function mustMay(role: Role, routeId: RouteId): AccessRow {
  const row = Object.hasOwn(accessTable, routeId) ? accessTable[routeId] : undefined;
  if (row === undefined || !isAtLeast(role, row.least)) throw new UserError('FORBIDDEN');
  return row;
}
