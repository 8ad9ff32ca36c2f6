/** What people do meanwhile, by dice: in Xero, in the sheets, and with Foliokeep itself. */
import { datasetById, needsOf } from '../../../server/datasets/index.ts';
import { requestRunCancel } from '../../../server/engine/request-cancel.ts';
import { startRun } from '../../../server/engine/start-run.ts';
import type { Ports } from '../../../server/ports.ts';
import type { PersonEdit } from '../../../server/sandbox/google/control/person-edits.ts';
import { GoogleApiError } from '../../../server/sandbox/google/google-api-error.ts';
import { ControlError } from '../../../server/sandbox/xero/control/refuse.ts';
import { disconnect } from '../../../server/use-cases/disconnect.ts';
import { type Confirmation, planSteps } from '../../../server/use-cases/plan-steps.ts';
import { letterOf } from './books-and-tabs.ts';
import type { Guards } from './guards.ts';
import { insistIn } from './insist.ts';
import type { LabWorld } from './lab-world.ts';
import { colleague, connectXero, grantGoogle, type Setting } from './setting.ts';

export interface People {
  /** Clicks until a server has taken it; answers the run's id. */
  start(exporterId: string, confirm?: readonly Confirmation[]): Promise<string>;
  editBooks(): void;
  editSheet(): Promise<void>;
  cancel(): Promise<void>;
  /** Ends access in one of the ways there are; `reconnect` takes it up again. */
  endAccess(): Promise<void>;
  reconnect(): Promise<void>;
  /** Somebody of another team tries what they know the ids of. */
  strangerTries(): Promise<void>;
  /** Everything that a person had taken away is given back. */
  makeGood(): Promise<void>;
  /** Whether access was ended by somebody since it was last given. */
  hasEnded(): boolean;
}

export function peopleOf(world: LabWorld, setting: Setting, guards: Guards): People {
  const { dice, xero, google, store, watch } = world;
  const started: string[] = [];
  let stamp = 0;
  let hasEnded = false;
  const text = (): string => {
    stamp += 1;
    return `edit ${stamp}`;
  };
  const insist = insistIn(world, dice);

  const inSheet = async (spreadsheetId: string, edits: PersonEdit[]): Promise<void> => {
    try {
      await google.control.run({ action: 'personEdits', spreadsheetId, user: colleague, edits });
      guards.touched(spreadsheetId);
    } catch (error) {
      // What the sheet does not take is no edit.
      if (!(error instanceof GoogleApiError)) throw error;
    }
  };

  return {
    hasEnded: () => hasEnded,
    async start(exporterId, confirm = []) {
      let id = '';
      await insist('start a run', async (ports) => {
        const exporter = (await store.get('exporters', exporterId))?.data;
        if (exporter === undefined) throw new Error(`no exporter ${exporterId}`);
        const steps = planSteps(
          exporterId,
          exporter,
          needsOf(datasetById(exporter.dataset), exporter.params),
          confirm,
        );
        const { teamId } = exporter;
        ({ runId: id } = await startRun(ports, {
          teamId,
          exporterId,
          requestedBy: 'user',
          trigger: 'manual',
          steps,
        }));
        started.push(id);
      });
      return id;
    },
    editBooks() {
      const organisation = dice.one(setting.organisations);
      if (guards.meddlers.editList(organisation)) return;
      const { control } = xero;
      const kind = dice.one(['contacts', 'invoices', 'accounts'] as const);
      const { rows } = control.listRecords({ organisation, resource: kind, pageSize: 100 });
      const id = rows.length > 0 ? dice.one(rows).id : undefined;
      try {
        switch (dice.below(9)) {
          case 7:
            // Out of a list that is read in pages, without a trace.
            if (id !== undefined && kind === 'contacts' && rows.length > 6)
              control.vanish({ organisation, resource: kind, id });
            break;
          case 0:
            control.create({ organisation, resource: 'contacts', fields: { Name: `New ${text()}` } });
            break;
          case 1:
            control.create({
              organisation,
              resource: 'invoices',
              fields: {
                Reference: text(),
                LineItems: [
                  {
                    Description: text(),
                    Quantity: '1',
                    UnitAmount: `${dice.between(1, 99)}.${dice.between(10, 99)}`,
                  },
                ],
              },
            });
            break;
          case 2:
            if (id !== undefined && kind === 'invoices')
              control.edit({ organisation, resource: kind, id, fields: { Reference: text() } });
            break;
          case 3:
            if (id !== undefined && kind === 'accounts')
              control.edit({ organisation, resource: kind, id, fields: { Name: text() } });
            break;
          case 4:
            if (id !== undefined && kind === 'accounts') control.delete({ organisation, resource: kind, id });
            break;
          case 6: {
            // Text that no parser takes, as some imports have left behind.
            const field = { contacts: 'ContactID', invoices: 'InvoiceID', accounts: 'AccountID' }[kind];
            if (id !== undefined && dice.chance(0.5))
              control.setRaw({ organisation, resource: kind, id, raw: `{"${field}": "${id}", "Total": 01}` });
            break;
          }
          case 5:
            if (id !== undefined && kind === 'invoices') control.void({ organisation, resource: kind, id });
            break;
          default:
            control.change({ organisation, fraction: 0.000_001, seed: dice.below(1e6) });
        }
      } catch (error) {
        if (!(error instanceof ControlError)) throw error;
      }
      watch.event('books changed');
    },
    async editSheet() {
      const spreadsheetId = dice.one(setting.spreadsheets);
      const tabs = google.control
        .dump(spreadsheetId)
        .sheets.filter(({ hidden, title }) => !hidden && title !== 'Notes');
      if (tabs.length === 0) return;
      const { title: tab, rowCount, columnCount, cells } = dice.one(tabs);
      const at = (row: number, column: number) => `'${tab}'!${letterOf(column)}${row + 1}`;
      const row = dice.below(Math.max(1, Math.min(rowCount, 20)));
      switch (dice.below(8)) {
        case 0: {
          // Beside the block, where nothing stands.
          await inSheet(spreadsheetId, [
            { kind: 'insert', tab, dimension: 'COLUMNS', at: columnCount, count: 1 },
          ]);
          return inSheet(spreadsheetId, [
            { kind: 'set', cell: at(row, columnCount), value: `mine ${text()}` },
          ]);
        }
        case 1: {
          const column = dice.below(columnCount);
          const there = cells[`${letterOf(column)}${row + 1}`]?.value;
          if (row === 0 || String(there ?? '').startsWith('mine')) return;
          return inSheet(spreadsheetId, [
            { kind: 'set', cell: at(row, column), value: dice.one(['typed', null, '=1+1', 17]) },
          ]);
        }
        case 2:
          return inSheet(spreadsheetId, [
            { kind: 'insert', tab, dimension: 'ROWS', at: dice.one([0, 1, row]), count: 1 },
          ]);
        case 3:
          return inSheet(spreadsheetId, [
            { kind: 'insert', tab, dimension: 'COLUMNS', at: dice.below(columnCount + 1), count: 1 },
          ]);
        case 4:
          return inSheet(spreadsheetId, [
            { kind: 'renameTab', tab, title: `${tab.slice(0, 20)}${dice.one(['x', 'y'])}` },
          ]);
        case 5:
          return inSheet(spreadsheetId, [{ kind: 'set', cell: "'Notes'!D5", value: `mine ${text()}` }]);
        case 6:
          return inSheet(spreadsheetId, [
            { kind: 'hide', tab, dimension: 'ROWS', at: row, count: 1, isHidden: true },
          ]);
        default:
          return;
      }
    },
    async cancel() {
      const id = started.at(-1);
      const server = world.servers.find((one) => one.isUp());
      watch.disturbed();
      if (id !== undefined) await server?.attempt('cancel', (ports) => requestRunCancel(ports, id));
    },
    async endAccess() {
      hasEnded = true;
      const organisation = setting.organisations[0] ?? '';
      watch.event('access ends');
      switch (dice.below(5)) {
        case 0:
          xero.control.disconnect({ organisation });
          return;
        case 1:
          xero.control.revokeGrant({});
          return;
        case 2:
          await google.control.run({ action: 'revokeGrant', user: 'amelia@harbourbooks.example' });
          return;
        case 3:
          for (const spreadsheetId of setting.spreadsheets)
            await google.control.run({
              action: 'dropFileGrant',
              user: 'amelia@harbourbooks.example',
              spreadsheetId,
            });
          return;
        default: {
          const [connection] = await store.query('connections', {
            where: [{ field: 'status', op: '==', value: 'active' }],
            limit: 1,
          });
          if (connection === undefined) return;
          const actor = { userId: 'user', teamId: connection.data.teamId, role: 'owner' as const };
          const server = world.servers.find((one) => one.isUp());
          await server?.attempt('disconnect', (ports) =>
            disconnect(ports, actor, { connectionId: connection.id }),
          );
        }
      }
    },
    async reconnect() {
      watch.event('access again');
      for (const { teamId, user } of setting.teams) {
        await insist('reconnect Xero', (ports) =>
          connectXero(world, ports, teamId, user, setting.organisations),
        );
        await insist('give Google again', (ports) => grantGoogle(world, ports, teamId));
      }
      for (const spreadsheetId of setting.spreadsheets)
        await google.control.run({ action: 'pickFile', user: 'amelia@harbourbooks.example', spreadsheetId });
      hasEnded = false;
    },
    async strangerTries() {
      const [exporterId] = setting.exporters;
      const [connection] = await store.query('connections', { limit: 1 });
      const actor = { userId: 'stranger', teamId: 'strangers', role: 'owner' as const };
      const tries: Array<(ports: Ports) => Promise<unknown>> = [
        (ports) =>
          startRun(ports, {
            teamId: actor.teamId,
            exporterId: exporterId ?? '',
            requestedBy: actor.userId,
            trigger: 'manual',
            steps: [{ kind: 'pull', input: null }],
          }),
        (ports) => disconnect(ports, actor, { connectionId: connection?.id ?? '' }),
      ];
      const end = await world.servers
        .find((one) => one.isUp())
        ?.attempt('try as a stranger', dice.one(tries));
      if (end === 'done') watch.violate('T3', 'a stranger was let in');
    },
    async makeGood() {
      xero.control.clearFaults({});
      xero.control.setLimits({ minute: 60, day: null, concurrent: 5, appMinute: 10_000 });
      await google.control.run({ action: 'clearFaults' });
    },
  };
}
