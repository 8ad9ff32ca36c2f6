/** One handler per route of the contract: each calls one use-case. */
import type { EngineOptions } from '../engine/options.ts';
import type { Ports } from '../ports.ts';
import { beginConsent } from '../use-cases/begin-consent.ts';
import { cancelRun } from '../use-cases/cancel-run.ts';
import { viewCatalogue } from '../use-cases/catalogue.ts';
import { listConnections } from '../use-cases/connections.ts';
import { deleteOrganisationData } from '../use-cases/delete-organisation-data.ts';
import { disconnect, previewDisconnect } from '../use-cases/disconnect.ts';
import {
  createExporter,
  deleteExporter,
  editExporter,
  getExporter,
  listExporters,
} from '../use-cases/exporters.ts';
import { viewMe } from '../use-cases/me.ts';
import { type PreviewPorts, previewRows } from '../use-cases/preview.ts';
import { getRun, listRuns } from '../use-cases/runs.ts';
import { endSession } from '../use-cases/sessions.ts';
import { createSpreadsheet, listSpreadsheets } from '../use-cases/spreadsheets.ts';
import { startExporterRun } from '../use-cases/start-run.ts';
import type { Handlers } from './bind.ts';

export interface HandlerOptions {
  publicUrl: string;
  engine: EngineOptions;
}

type Needs = Ports & PreviewPorts & { eraseMirror: (mirrorId: string) => Promise<void> };

export function handlersOf(ports: Needs, { publicUrl, engine }: HandlerOptions): Handlers {
  return {
    getMe: ({ actor, csrfToken }) => viewMe(ports, actor, csrfToken),
    signOut: async ({ sessionId }) => {
      if (sessionId !== '') await endSession(ports, sessionId);
    },

    listConnections: ({ actor }) => listConnections(ports, actor),
    beginConsent: async ({ actor, sessionId }, { body: { connectionId } }) => {
      if (sessionId === '') {
        const query = connectionId === undefined ? '' : `?connection=${connectionId}`;
        return { url: `${publicUrl}/oauth/xero/start${query}` };
      }
      return beginConsent(ports, actor, {
        provider: 'xero',
        purpose: connectionId === undefined ? 'connect' : 'reconnect',
        ...(connectionId === undefined ? {} : { connectionId }),
        sessionId,
        returnTo: '/',
      });
    },
    previewDisconnect: ({ actor }, { params }) => previewDisconnect(ports, actor, params),
    disconnect: ({ actor }, { params }) => disconnect(ports, actor, params),
    deleteOrganisationData: ({ actor }, { params, body }) =>
      deleteOrganisationData(ports, actor, { ...params, ...body }),

    getCatalogue: async () => ({ datasets: viewCatalogue() }),

    listExporters: ({ actor }, { query }) => listExporters(ports, actor, query),
    createExporter: ({ actor }, { body }) => createExporter(ports, actor, body),
    getExporter: ({ actor }, { params }) => getExporter(ports, actor, params.exporterId),
    editExporter: ({ actor }, { params, body }) => editExporter(ports, actor, params.exporterId, body),
    deleteExporter: ({ actor }, { params }) => deleteExporter(ports, actor, params.exporterId),
    previewRows: ({ actor }, { body }) => previewRows(ports, actor, body),

    listSpreadsheets: async ({ actor }) => ({ spreadsheets: await listSpreadsheets(ports, actor) }),
    createSpreadsheet: ({ actor }, { body }) => createSpreadsheet(ports, actor, body.title),

    startRun: ({ actor }, { params, body }) =>
      startExporterRun(ports, actor, params.exporterId, body.confirm, engine),
    listRuns: ({ actor }, { params, query }) => listRuns(ports, actor, params.exporterId, query),
    getRun: ({ actor }, { params }) => getRun(ports, actor, params.runId),
    cancelRun: ({ actor }, { params }) => cancelRun(ports, actor, params.runId, engine),
  };
}
