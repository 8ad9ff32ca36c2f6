/** One handler per route of the contract: each calls one use-case. */
import type { RunView } from '../../shared/contract/run.ts';
import type { Actor } from '../domain/team.ts';
import type { Ports } from '../ports.ts';
import { beginConsent } from '../use-cases/begin-consent.ts';
import { viewCatalogue } from '../use-cases/catalogue.ts';
import { listConnections } from '../use-cases/connections.ts';
import {
  deleteOrganisationData,
  listReceipts,
  previewDeletion,
  undoDeletion,
} from '../use-cases/delete-organisation-data.ts';
import { disconnect, previewDisconnect } from '../use-cases/disconnect.ts';
import { createExporter, editExporter, getExporter, listExporters } from '../use-cases/exporters.ts';
import { viewMe } from '../use-cases/me.ts';
import { pauseExporter, resumeExporter } from '../use-cases/pause-exporter.ts';
import type { Confirmation } from '../use-cases/plan-steps.ts';
import { type PreviewPorts, previewRows } from '../use-cases/preview.ts';
import { previewSchedule } from '../use-cases/preview-schedule.ts';
import { getRun, listRuns } from '../use-cases/runs.ts';
import { signOut } from '../use-cases/sessions.ts';
import { createSpreadsheet, listSpreadsheets } from '../use-cases/spreadsheets.ts';
import type { Handlers } from './bind.ts';
import { noticeHandlers } from './notice-handlers.ts';
import { pathOfXeroStart } from './oauth.ts';
import { teamHandlers } from './team-handlers.ts';

/** Use-cases that know the engine's options, bound to them. */
export interface RunActs {
  startRun(
    actor: Actor,
    exporterId: string,
    confirm: readonly Confirmation[],
  ): Promise<RunView & { isNew: boolean }>;
  cancelRun(actor: Actor, runId: string): Promise<RunView>;
  deleteExporter(actor: Actor, exporterId: string): Promise<void>;
}

type Needs = Ports & PreviewPorts;

export function handlersOf(ports: Needs, runs: RunActs, publicUrl: string): Handlers {
  return {
    getMe: ({ actor, csrfToken }) => viewMe(ports, actor, csrfToken),
    signOut: ({ actor, sessionId }) => signOut(ports, actor, sessionId),

    listConnections: ({ actor }) => listConnections(ports, actor),
    beginConsent: async ({ actor, sessionId }, { body: { connectionId } }) => {
      // The add-on has no browser session to bind a consent to: its person begins at a page.
      if (sessionId === '') return { url: `${publicUrl}${pathOfXeroStart(connectionId)}` };
      return beginConsent(ports, actor, {
        provider: 'xero',
        ...(connectionId === undefined ? { purpose: 'connect' } : { purpose: 'reconnect', connectionId }),
        sessionId,
        returnTo: '/',
      });
    },
    previewDisconnect: ({ actor }, { params }) => previewDisconnect(ports, actor, params),
    disconnect: ({ actor }, { params }) => disconnect(ports, actor, params),
    deleteOrganisationData: ({ actor }, { params, body }) =>
      deleteOrganisationData(ports, actor, { ...params, ...body }),
    previewDeletion: ({ actor }, { params }) => previewDeletion(ports, actor, params),
    undoDeletion: ({ actor }, { params }) => undoDeletion(ports, actor, params),
    listReceipts: ({ actor }) => listReceipts(ports, actor),

    ...teamHandlers(ports, publicUrl),
    ...noticeHandlers(ports, publicUrl),

    getCatalogue: async ({ actor }, { query }) => ({ datasets: await viewCatalogue(ports, actor, query) }),

    listExporters: ({ actor }, { query }) => listExporters(ports, actor, query),
    createExporter: ({ actor }, { body }) => createExporter(ports, actor, body),
    getExporter: ({ actor }, { params }) => getExporter(ports, actor, params.exporterId),
    editExporter: ({ actor }, { params, body }) => editExporter(ports, actor, params.exporterId, body),
    pauseExporter: ({ actor }, { params }) => pauseExporter(ports, actor, params.exporterId),
    resumeExporter: ({ actor }, { params }) => resumeExporter(ports, actor, params.exporterId),
    previewSchedule: (_, { body }) => previewSchedule(ports, body.schedule),
    deleteExporter: ({ actor }, { params }) => runs.deleteExporter(actor, params.exporterId),
    previewRows: ({ actor }, { body }) => previewRows(ports, actor, body),

    listSpreadsheets: async ({ actor }) => ({ spreadsheets: await listSpreadsheets(ports, actor) }),
    createSpreadsheet: ({ actor }, { body }) => createSpreadsheet(ports, actor, body.title),

    startRun: ({ actor }, { params, body }) => runs.startRun(actor, params.exporterId, body.confirm),
    listRuns: ({ actor }, { params, query }) => listRuns(ports, actor, params.exporterId, query),
    getRun: ({ actor }, { params }) => getRun(ports, actor, params.runId),
    cancelRun: ({ actor }, { params }) => runs.cancelRun(actor, params.runId),
  };
}
