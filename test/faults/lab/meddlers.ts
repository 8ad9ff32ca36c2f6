/** People who come in between, by dice of their own: in the sheet while a batch is on its way, in the books from page to page. */
import type { HttpRequest, HttpResponse } from '../../../server/domain/http-message.ts';
import type { PersonEdit } from '../../../server/sandbox/google/control/person-edits.ts';
import { GoogleApiError } from '../../../server/sandbox/google/google-api-error.ts';
import { ControlError } from '../../../server/sandbox/xero/control/refuse.ts';
import { letterOf } from './books-and-tabs.ts';
import { diceOf } from './dice.ts';
import type { LabWorld } from './lab-world.ts';
import { colleague, type Setting } from './setting.ts';

export interface Meddlers {
  /** A batch of ours is about to come to this spreadsheet. */
  beforeWrite(spreadsheetId: string): Promise<void>;
  /** Ours was written: true when somebody typed over it at once. */
  afterWrite(spreadsheetId: string): Promise<boolean>;
  /** Xero has answered this; whoever asked has not read it yet. */
  afterAnswer(request: HttpRequest, response: HttpResponse): void;
  /** An edit of a list that may be an exporter's own. False: nothing was edited. */
  editList(organisation: string): boolean;
}

const lists = ['contacts', 'accounts', 'invoices'] as const;
type List = (typeof lists)[number];
const ids: Record<List, string> = { contacts: 'ContactID', accounts: 'AccountID', invoices: 'InvoiceID' };

export function meddlersOf(world: LabWorld, setting: () => Setting | undefined): Meddlers {
  const { google, xero, plan, watch, seed } = world;
  const { habits } = plan;
  const dice = diceOf(seed + 32_452_843);
  let stamp = 0;
  const does = (share: number): boolean => share > 0 && dice.next() < share;
  const ofTheirs = (spreadsheetId: string) =>
    google.control.dump(spreadsheetId).sheets.filter(({ hidden, title }) => !hidden && title !== 'Notes');

  const inSheet = async (spreadsheetId: string, edit: PersonEdit): Promise<boolean> => {
    try {
      await google.control.run({ action: 'personEdits', spreadsheetId, user: colleague, edits: [edit] });
      watch.event(`a person came between: ${edit.kind}`);
      return true;
    } catch (error) {
      // What the sheet does not take is no edit.
      if (!(error instanceof GoogleApiError)) throw error;
      return false;
    }
  };
  /** True when the books took it. */
  const inBooks = (act: () => void): boolean => {
    try {
      act();
      watch.event('books changed in between');
      return true;
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      return false;
    }
  };
  /** Rather one that an exporter shows. */
  const oneList = (): List => {
    const shown = lists.filter((list) => setting()?.datasets.includes(list));
    return dice.one(shown.length > 0 ? shown : lists);
  };
  const recordsOf = (organisation: string, resource: List) =>
    xero.control.listRecords({ organisation, resource, pageSize: 100 }).rows;

  /** As it stays in its list, with another text. */
  const rename = (organisation: string, list: List): boolean => {
    const rows = recordsOf(organisation, list);
    if (rows.length === 0) return false;
    stamp += 1;
    const text = `between ${stamp}`;
    // A few of them again and again.
    const { id } = dice.one(rows.slice(0, 3));
    const fields =
      list === 'invoices'
        ? { Reference: text }
        : list === 'contacts'
          ? { EmailAddress: `${stamp}@between.example` }
          : { Name: text };
    return inBooks(() => xero.control.edit({ organisation, resource: list, id, fields }));
  };
  const leave = (organisation: string, list: List): boolean => {
    const rows = recordsOf(organisation, list);
    if (rows.length < 3) return false;
    const { id } = dice.one(rows);
    return inBooks(() =>
      list === 'accounts'
        ? xero.control.delete({ organisation, resource: list, id })
        : xero.control.vanish({ organisation, resource: list, id }),
    );
  };

  return {
    async beforeWrite(spreadsheetId) {
      if (!does(habits.shifts) || plan.isCalm()) return;
      const tabs = ofTheirs(spreadsheetId);
      if (tabs.length === 0) return;
      const { title: tab } = dice.one(tabs);
      // Rows move as they are; nobody's cell becomes another.
      await inSheet(spreadsheetId, {
        kind: 'insert',
        tab,
        dimension: 'ROWS',
        at: dice.one([0, 0, 1, 2]),
        count: 1,
      });
    },
    async afterWrite(spreadsheetId) {
      if (!does(habits.overtypes) || plan.isCalm()) return false;
      const tabs = ofTheirs(spreadsheetId);
      if (tabs.length === 0) return false;
      const { title: tab, rowCount, columnCount, cells } = dice.one(tabs);
      const [row, column] = [1 + dice.below(Math.max(1, rowCount - 1)), dice.below(columnCount)];
      const name = `${letterOf(column)}${row + 1}`;
      const there = cells[name]?.value;
      if (there === undefined || String(there).startsWith('mine')) return false;
      return inSheet(spreadsheetId, { kind: 'set', cell: `'${tab}'!${name}`, value: 'typed over' });
    },
    afterAnswer({ method, url, headers }, { status }) {
      const path = new URL(url).pathname;
      const list = lists.find((one) => path.toLowerCase() === `/api.xro/2.0/${one}`);
      const organisation = headers['xero-tenant-id'];
      // Of a reading of everything; what changes meanwhile is read by the pass that follows it.
      const isSweep = method === 'GET' && status === 200 && headers['if-modified-since'] === undefined;
      if (!isSweep || list === undefined || list === 'accounts' || organisation === undefined) return;
      if (!does(habits.midway)) return;
      if (!plan.isCalm() && dice.chance(0.5)) leave(organisation, list);
      else rename(organisation, list);
    },
    editList(organisation) {
      if (does(habits.renames)) return rename(organisation, oneList());
      if (does(habits.leaving)) return leave(organisation, oneList());
      if (!does(habits.unreadable)) return false;
      const list = oneList();
      const rows = recordsOf(organisation, list);
      if (rows.length === 0) return false;
      const { id } = dice.one(rows);
      // As some imports have left behind.
      const raw = `{"${ids[list]}": "${id}", "Total": 01}`;
      return inBooks(() => xero.control.setRaw({ organisation, resource: list, id, raw }));
    },
  };
}
