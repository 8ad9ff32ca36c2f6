/** A publish step over the Google sandbox in process, through the real clients, with a store of its own. */
import type { Exporter } from '../../../../server/domain/exporter.ts';
import type { HttpRequest } from '../../../../server/domain/http-message.ts';
import type { Json } from '../../../../server/domain/json.ts';
import { type SqliteStore, sqliteStore } from '../../../../server/embedded/sqlite-store.ts';
import type { StepContext, StepKind, StepOutcome } from '../../../../server/engine/step.ts';
import type { LineUp } from '../../../../server/engine/steps/publish/gathering.ts';
import { publishStep } from '../../../../server/engine/steps/publish/publish-step.ts';
import type { PublishOptions } from '../../../../server/engine/steps/publish/publishing.ts';
import { RetryError, WaitError } from '../../../../server/errors.ts';
import { googleDrive } from '../../../../server/google/drive.ts';
import { googleSheets } from '../../../../server/google/sheets.ts';
import type { Cell } from '../../../../server/mirror/mirror.ts';
import type { Clock, Drive, Network, Sheets, Store } from '../../../../server/ports.ts';
import type { Column, ColumnType } from '../../../../server/resources/resource.ts';
import type { SpreadsheetDump } from '../../../../server/sandbox/google/control/dump.ts';
import type { PersonEdit } from '../../../../server/sandbox/google/control/person-edits.ts';
import {
  createGoogleSandbox,
  type GoogleSandbox,
} from '../../../../server/sandbox/google/create-google-sandbox.ts';
import { Crash, type Faults, noFaults } from '../../../../server/wrappers/faults.ts';
import { faultLab } from '../../../../server/wrappers/with-faults.ts';
import { exporterDocument } from '../../../support/exporter-document.ts';
import { type LogEntry, recordingLog } from '../../../support/recording-log.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

export const USER = 'amelia@harbourbooks.example';
export const OTHER = 'ben@harbourbooks.example';
/** 20 November 2026, 01:05 UTC: 14:05 in Auckland. */
export const NOON = Date.UTC(2026, 10, 20, 1, 5);

export const column = (key: string, type: ColumnType = 'text', label = key): Column => ({
  key,
  label,
  type,
  path: key,
  isDefault: true,
});

export interface Table {
  columns: Column[];
  rows: Cell[][];
}

export interface PublishLab {
  sandbox: GoogleSandbox;
  store: SqliteStore;
  spreadsheetId: string;
  clock: Clock & { advance(ms: number): void };
  log: LogEntry[];
  sheets: Sheets;
  drive: Drive;
  /** HTTP calls to Google so far, `POST …:batchUpdate` and the like. */
  calls: string[];
  /** What the exporter wants from now on; with a title, the one whose tab it is. */
  want(table: Table, tabTitle?: string): void;
  /** The step as a process would have it. */
  step(faults?: Faults, options?: Partial<PublishOptions>): StepKind;
  /** Runs the step to its end, unit after unit, as the engine would; units that ask for another delivery get it. */
  run(options?: RunOptions): Promise<{ rows: number; cellsWritten: number; units: number; gaps: unknown[] }>;
  edit(...edits: PersonEdit[]): Promise<void>;
  dump(): SpreadsheetDump;
  /** Text of a tab's cells as people see it, row by row; formulas as written. */
  grid(title: string): string[][];
  exporter(): Promise<Exporter>;
  /** Does something when the next call to Google whose method and path match is about to be made, unless it is forgotten. */
  before(call: RegExp, act: () => Promise<void>): { forget(): void };
  close(): void;
}

export interface RunOptions {
  runId?: string;
  exporterId?: string;
  confirmed?: string[];
  faults?: Faults;
  options?: Partial<PublishOptions>;
  /** Every unit is delivered twice, the second time with the same checkpoint. */
  isDoubled?: boolean;
  /** Told of each outcome; throwing stops the run there. */
  afterUnit?: (outcome: StepOutcome) => Promise<void>;
}

export async function publishLab(
  wish: {
    editor?: boolean;
    limits?: Record<string, number>;
    timeZone?: string;
    quotas?: boolean;
    lineUp?: LineUp;
  } = {},
): Promise<PublishLab> {
  let now = NOON;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
    advance: (ms: number) => {
      now += ms;
    },
  };
  const sandbox = createGoogleSandbox({
    seed: 7,
    clock,
    quotas: wish.quotas ?? false,
    ...(wish.limits ? { limits: wish.limits } : {}),
  });
  const { spreadsheetId } = sandbox.control.createSpreadsheet({
    owner: wish.editor ? OTHER : USER,
    editors: wish.editor ? [USER] : [],
    title: 'Books',
    timeZone: wish.timeZone ?? 'Pacific/Auckland',
    tabs: [{ title: 'Notes', rows: 20, columns: 5, values: [['mine', '=1+1']] }],
  });
  await sandbox.control.run({ action: 'pickFile', user: USER, spreadsheetId });
  let token = String((await sandbox.control.run({ action: 'grantTokens', user: USER }))['accessToken']);
  const tokens = {
    async accessToken(_grantId: string, refused?: string) {
      if (refused === token)
        token = String((await sandbox.control.run({ action: 'grantTokens', user: USER }))['accessToken']);
      return token;
    },
  };
  const calls: string[] = [];
  const waiting: Array<{ call: RegExp; act: () => Promise<void> }> = [];
  const network = inProcess(sandbox, async (call) => {
    calls.push(call);
    const index = waiting.findIndex((one) => one.call.test(call));
    const [due] = index < 0 ? [] : waiting.splice(index, 1);
    await due?.act();
  });
  const access = { tokens, clock, random: seededRandom(), network };
  const sheets = googleSheets(access, { rootUrl: 'http://google.sandbox' });
  const drive = googleDrive(access, { rootUrl: 'http://google.sandbox' });
  const store = sqliteStore(':memory:');
  const log = recordingLog();
  await store.create(
    'exporters',
    'invoices',
    exporterDocument({ destination: { spreadsheetId, googleGrantId: 'grant', tabTitle: 'Invoices' } }),
  );
  let table: Table = { columns: [column('id')], rows: [] };
  const tables = new Map<string, Table>();
  const stepUnder = (faults: Faults, options?: Partial<PublishOptions>): StepKind => {
    const lab = faultLab(faults);
    const ports = {
      store: lab.wrap(store as Store, 'store'),
      sheets: lab.wrap(sheets, 'sheets'),
      // Looked up at each call, so that a test may put another in its place.
      drive: lab.wrap<Drive>({ ...drive, version: (...file) => drive.version(...file) }, 'drive'),
      clock,
      log,
      wantedRows: async ({ destination }: Exporter) => {
        const { columns, rows } = tables.get(destination.tabTitle) ?? table;
        return { columns, batches: inBatches(rows) };
      },
      ...(wish.lineUp === undefined ? {} : { lineUp: wish.lineUp }),
    };
    return publishStep(ports, options);
  };
  /** One process for all runs without wishes of their own. */
  const steady = stepUnder(noFaults);

  return {
    sandbox,
    store,
    spreadsheetId,
    clock,
    log: log.entries,
    sheets,
    drive,
    calls,
    want(next, tabTitle) {
      if (tabTitle === undefined) table = next;
      else tables.set(tabTitle, next);
    },
    step: (faults = noFaults, options) => stepUnder(faults, options),
    async run({ runId = `run${calls.length}`, exporterId = 'invoices', confirmed = [], ...how } = {}) {
      const input = { exporterId, confirmed };
      const context = { ...contextOf(runId, exporterId), requestedAt: now };
      let step = how.faults || how.options ? stepUnder(how.faults ?? noFaults, how.options) : steady;
      let checkpoint: Json = null;
      let failures = 0;
      for (let units = 1; ; units += 1) {
        try {
          if (how.isDoubled) await step.advance(input, checkpoint, context);
          const outcome = await step.advance(input, checkpoint, context);
          await how.afterUnit?.(outcome);
          if (outcome.kind === 'more') checkpoint = outcome.checkpoint;
          else {
            const { rows = 0, cellsWritten = 0 } = outcome.counters ?? {};
            return { rows, cellsWritten, units, gaps: outcome.gaps ?? [] };
          }
        } catch (error) {
          failures += 1;
          if (failures > 12) throw error;
          // A process that died is started again and gets the task once more, from the last checkpoint that was saved.
          if (error instanceof Crash) step = stepUnder(noFaults, how.options);
          else if (error instanceof WaitError && error.code === 'GOOGLE_QUOTA')
            clock.advance(error.untilAt - clock.now());
          else if (!(error instanceof RetryError)) throw error;
        }
      }
    },
    async edit(...edits) {
      await sandbox.control.run({ action: 'personEdits', spreadsheetId, edits });
    },
    dump: () => sandbox.control.dump(spreadsheetId),
    grid(title) {
      const sheet = sandbox.control.dump(spreadsheetId).sheets.find((one) => one.title === title);
      if (!sheet) throw new Error(`no tab ${title}`);
      return Array.from({ length: sheet.rowCount }, (_, row) =>
        Array.from({ length: sheet.columnCount }, (__, at) => {
          const cell = sheet.cells[`${String.fromCharCode(65 + at)}${row + 1}`];
          return cell?.formula ?? cell?.text ?? '';
        }),
      );
    },
    exporter: async () => {
      const stored = await store.get('exporters', 'invoices');
      if (!stored) throw new Error('no exporter');
      return stored.data;
    },
    before(call, act) {
      const one = { call, act };
      waiting.push(one);
      return {
        forget() {
          const index = waiting.indexOf(one);
          if (index >= 0) waiting.splice(index, 1);
        },
      };
    },
    close: () => store.close(),
  };
}

async function* inBatches(rows: Cell[][]): AsyncGenerator<{ rows: Cell[][]; gaps: [] }> {
  for (let at = 0; at < rows.length; at += 100) yield { rows: rows.slice(at, at + 100), gaps: [] };
}

export const contextOf = (runId: string, exporterId: string): StepContext => ({
  runId,
  teamId: 'team',
  exporterId,
  requestedAt: NOON,
  trigger: 'manual',
  signal: new AbortController().signal,
  fencing: 1,
  guard: async () => undefined,
  report: () => undefined,
});

/** The sandbox as a network; a dropped connection is what an adapter of the port would make of it. */
export function inProcess(sandbox: GoogleSandbox, onCall: (call: string) => Promise<void>): Network {
  return {
    async request(request: HttpRequest) {
      await onCall(`${request.method} ${new URL(request.url).pathname}`);
      try {
        return await sandbox.handle(request);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') {
          throw new RetryError('NETWORK', { problem: 'connection reset' });
        }
        throw error;
      }
    },
  };
}
