/** One good call of every route of the contract, and what is sent for it: what tests of bad input start from. */
import { type Api, api, type RouteId } from '../../shared/contract/api.ts';
import type { Route } from '../../shared/contract/route.ts';
import type { Answered } from './http-asker.ts';
import type { Browser, ServedPerson } from './served-person.ts';

export interface Call {
  params: Record<string, string>;
  query: Record<string, string>;
  /** Undefined: nothing is sent. */
  body: unknown;
}

export type Calls = Record<RouteId, Call>;
export const routes = Object.values<Route>(api) as Array<Route & { id: keyof Api }>;

/** Everything that ids name, made by this person. */
export interface Things {
  connectionId: string;
  exporterId: string;
  runId: string;
  spreadsheetId: string;
  teamId: string;
  /** A member of the team. */
  userId: string;
  invitationId: string;
  channelId: string;
  /** Of the invitation's link. */
  token: string;
}

export async function thingsOf(person: ServedPerson): Promise<Things> {
  const [connection] = await person.connectXero();
  const connectionId = connection?.id ?? '';
  const { id: exporterId, spreadsheetId } = await person.makeExporter(connectionId);
  const { id: runId } = await person.call('startRun', { params: { exporterId }, body: {} });
  const { invitation, link } = await person.call('inviteMember', {
    body: { email: `guest-of-${person.me.userId}@example.com`, role: 'viewer' },
  });
  const { channel } = await person.call('addChannel', {
    body: { kind: 'webhook', name: 'Hook', url: 'https://hooks.example.com/books' },
  });
  return {
    connectionId,
    exporterId,
    runId,
    spreadsheetId,
    teamId: person.me.team.id,
    userId: person.me.userId,
    invitationId: invitation.id,
    channelId: channel.id,
    token: link.split('=').at(-1) ?? '',
  };
}

/** Good for whoever owns these things; optional fields are there too, so that each can be spoiled. */
export function goodCalls(things: Things): Calls {
  const { connectionId, exporterId, runId, spreadsheetId, teamId, userId, invitationId, token } = things;
  const { channelId } = things;
  const on = { failed: true, recovered: true, access: true, waiting: false, done: false, news: false };
  const call = (over: Partial<Call> = {}): Call => ({ params: {}, query: {}, body: undefined, ...over });
  const choice = {
    connectionId,
    dataset: 'contacts',
    params: {},
    columns: ['name', 'email'],
    filters: [{ column: 'name', op: 'contains', values: ['Ltd'] }],
  };
  const schedule = { cadence: 'weekly', days: ['mon', 'fri'], at: '07:30', zone: 'Pacific/Auckland' };
  const connection = { params: { connectionId } };
  const exporter = { params: { exporterId } };
  return {
    getMe: call(),
    signOut: call(),
    listConnections: call(),
    beginConsent: call({ body: { connectionId } }),
    previewDisconnect: call(connection),
    disconnect: call(connection),
    previewDeletion: call(connection),
    undoDeletion: call(connection),
    listReceipts: call(),
    deleteOrganisationData: call({ ...connection, body: { name: 'Demo Company' } }),
    getCatalogue: call({ query: { connectionId } }),
    listExporters: call({ query: { spreadsheetId, limit: '5' } }),
    createExporter: call({
      body: { name: 'Contacts', ...choice, destination: { spreadsheetId, tabTitle: 'Contacts' }, schedule },
    }),
    getExporter: call(exporter),
    editExporter: call({
      ...exporter,
      body: {
        name: 'Renamed',
        params: {},
        columns: ['name'],
        filters: choice.filters,
        schedule,
      },
    }),
    pauseExporter: call(exporter),
    resumeExporter: call(exporter),
    previewSchedule: call({ body: { schedule } }),
    deleteExporter: call(exporter),
    previewRows: call({ body: { ...choice, limit: 5 } }),
    listSpreadsheets: call(),
    createSpreadsheet: call({ body: { title: 'More books' } }),
    startRun: call({ ...exporter, body: { confirm: ['empty-answer'] } }),
    listRuns: call({ ...exporter, query: { limit: '5' } }),
    getRun: call({ params: { runId } }),
    cancelRun: call({ params: { runId } }),
    getTeam: call(),
    renameTeam: call({ body: { name: 'Harbour Books' } }),
    inviteMember: call({ body: { email: 'someone@example.com', role: 'editor' } }),
    revokeInvitation: call({ params: { invitationId } }),
    viewInvitation: call({ body: { token } }),
    acceptInvitation: call({ body: { token } }),
    changeRole: call({ params: { userId }, body: { role: 'owner' } }),
    previewDeparture: call({ params: { userId } }),
    removeMember: call({ params: { userId } }),
    leaveTeam: call(),
    takeOver: call({ body: { spreadsheetId } }),
    listTeams: call(),
    switchTeam: call({ params: { teamId } }),
    listNotices: call({ query: { limit: '5' } }),
    seeNotices: call({ body: { until: '2026-07-01T00:00:00Z' } }),
    getOwnNotices: call(),
    editOwnNotices: call({
      body: { hasMail: true, digest: { isOn: true, time: '07:30', timeZone: 'Pacific/Auckland' } },
    }),
    testMail: call(),
    listChannels: call(),
    addChannel: call({
      body: { kind: 'webhook', name: 'Hook', url: 'https://hooks.example.com/x', isForAll: true, on },
    }),
    editChannel: call({ params: { channelId }, body: { name: 'Hook', isForAll: false, on } }),
    testChannel: call({ params: { channelId } }),
    rotateSecret: call({ params: { channelId } }),
    removeChannel: call({ params: { channelId } }),
    getExporterNotices: call(exporter),
    editExporterNotices: call({ ...exporter, body: { people: [userId], channels: [channelId], on } }),
    listAudit: call({ query: { limit: '5' } }),
    downloadAudit: call({ body: { from: 1 } }),
    verifyAudit: call(),
  };
}

/** Parameters and query are put into the address as they are: encode what should be. */
export const pathOf = (route: Route, { params, query }: Pick<Call, 'params' | 'query'>): string => {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return search.length === 0 ? path : `${path}?${search.join('&')}`;
};

export const send = (
  web: Browser & { changing?: Record<string, string> },
  route: Route,
  call: Call,
): Promise<Answered> =>
  web.ask(pathOf(route, call), {
    method: route.method,
    headers: web.changing ?? {},
    ...(call.body === undefined ? {} : { body: call.body }),
  });
