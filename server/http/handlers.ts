/** One handler per route of the contract: each calls one use-case. */
import type { Response } from 'express';
import type { EngineOptions } from '../engine/options.ts';
import type { Ports } from '../ports.ts';
import { cancelExporterRun } from '../use-cases/cancel-run.ts';
import { viewCatalogue } from '../use-cases/catalogue.ts';
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
import { startExporterRun } from '../use-cases/start-run.ts';
import type { Handlers } from './bind.ts';

export function handlersOf(ports: Ports & PreviewPorts, engine: EngineOptions): Handlers {
  return {
    getMe: ({ actor, csrfToken }) => viewMe(ports, actor, csrfToken),
    signOut: async ({ sessionId }) => {
      if (sessionId !== '') await endSession(ports, sessionId);
    },
  };
}
