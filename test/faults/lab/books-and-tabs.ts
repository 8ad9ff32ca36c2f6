/** The oracle: what a tab must hold, computed straight from the sandbox's answers, and what it does hold. Nothing of ours lies between. */

import { datasetById } from '../../../server/datasets/index.ts';
import type { Exporter } from '../../../server/domain/exporter.ts';
import { resourceNamed } from '../../../server/resources/index.ts';
import type { SpreadsheetDump } from '../../../server/sandbox/google/control/dump.ts';
import { SCOPE_WORDS } from '../../../server/sandbox/xero/oauth/scopes.ts';
import { consent, REDIRECT, token } from '../../sandbox/xero/caller.ts';
import type { LabWorld } from './lab-world.ts';
import { cellOf } from './record-cells.ts';

/** Rows as texts, in no order: what two tables must agree on. */
export type Table = string[];

const dayMs = 86_400_000;
const sheetEpoch = Date.UTC(1899, 11, 30);

/** A cell as Sheets would show it to a program, as text: numbers as numbers, dates as day counts. */
function shown(cell: string | number | boolean | null, type: string): string {
  if (cell === null || cell === '') return '';
  if (type === 'date') return String((Date.parse(`${cell}T00:00:00Z`) - sheetEpoch) / dayMs);
  if (type === 'money' || type === 'quantity' || type === 'rate' || type === 'integer')
    return String(Number(cell));
  return plain(String(cell));
}

/** Sheets gives line ends back as \n and drops control characters. */
const plain = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[\0-\x08\x0b-\x1f]/g, '');

/** Of records as Xero sends them. Those that do not parse are counted apart. */
export function tableOf(raws: Iterable<string>, exporter: Exporter): { rows: Table; broken: number } {
  const { columns } = datasetById(exporter.dataset);
  const wanted = (exporter.columns ?? []).flatMap(
    (key) => columns.find((column) => column.key === key) ?? [],
  );
  const rows: Table = [];
  let broken = 0;
  for (const raw of raws) {
    const value = parsed(raw);
    if (value === undefined) broken += 1;
    else rows.push(JSON.stringify(wanted.map((column) => shown(cellOf(value, column), column.type))));
  }
  return { rows: rows.sort(), broken };
}

/** Numbers keep their digits as text. */
function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw, (_key, value, context?: { source?: string }) =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value,
    );
  } catch {
    return undefined;
  }
}

/** Every record of the exporter's list as Xero has it now, in its exact text. */
export async function recordsAtXero(
  world: LabWorld,
  exporter: Exporter,
  accessToken: string,
): Promise<Map<string, string>> {
  const resource = resourceNamed(datasetById(exporter.dataset).needs.resources[0] ?? '');
  const found = new Map<string, string>();
  for (let page = 1; ; page += 1) {
    const paging = resource.paging.kind === 'whole' ? {} : { page: String(page), pageSize: '1000' };
    const query = new URLSearchParams({ ...resource.query, ...paging });
    const { status, body } = await world.xero.handle({
      method: 'GET',
      url: `http://127.0.0.1:1/api.xro/2.0/${resource.path}?${query}`,
      headers: {
        authorization: `Bearer ${accessToken}`,
        accept: 'application/json',
        'xero-tenant-id': exporter.organisationId,
      },
    });
    if (status !== 200) throw new Error(`the oracle was answered ${status}`);
    const text = Buffer.from(body).toString();
    const { raws, pageCount } = cut(text, resource.envelope, resource.idField);
    for (const [id, raw] of raws) found.set(id, raw);
    if (page >= pageCount) return found;
  }
}

/** Objects of the list, one by one, by brackets and quotes alone. */
function cut(
  text: string,
  envelope: string,
  idField: string,
): { raws: Map<string, string>; pageCount: number } {
  const raws = new Map<string, string>();
  const begin = text.indexOf(`"${envelope}":`);
  const pageCount = Number(
    /"pageCount":\s*(\d+)/.exec(text.slice(0, begin < 0 ? undefined : begin))?.[1] ??
      /"pageCount":\s*(\d+)/.exec(text)?.[1] ??
      1,
  );
  let depth = 0;
  let start = -1;
  for (let at = text.indexOf('[', begin); begin >= 0 && at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') {
      for (at += 1; text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    } else if (sign === '{' || sign === '[') {
      depth += 1;
      if (depth === 2) start = at;
    } else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 1) {
        const raw = text.slice(start, at + 1);
        raws.set(new RegExp(`"${idField}":\\s*"([^"]*)"`).exec(raw)?.[1] ?? raw, raw);
      }
      if (depth === 0) break;
    }
  }
  return { raws, pageCount };
}

/** A token of its own for the oracle: it takes nothing away from the grants on trial. */
export async function oracleToken({ xero }: LabWorld, organisations: readonly string[]): Promise<string> {
  const code = await consent(xero, {
    scope: [...SCOPE_WORDS.keys()].join(' '),
    organisations: [...organisations],
  });
  const { json } = await token(xero, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  return json.access_token;
}

export interface BlockSeen {
  title: string;
  rows: Table;
  /** Rows in their order. */
  inOrder: string[];
  /** Rows of the same columns below its end. */
  below: string[];
}

/** The exporter's block as it stands, found by its mark and its labels; undefined without one, null when its header is not whole. */
export function blockIn(
  dump: SpreadsheetDump,
  exporterId: string,
  exporter: Exporter,
): BlockSeen | undefined | null {
  const marks = dump.metadata.filter(({ metadataValue }) => metadataValue === exporterId);
  const tabs = marks.flatMap(({ metadataKey, location }) =>
    metadataKey === 'foliokeep.tab' && location.type === 'SHEET' ? [location.sheetId] : [],
  );
  // A copy that people made of the tab has the same marks.
  const sheetId = tabs.find((id) => id === exporter.published?.sheetId) ?? tabs[0];
  const rowOf = (key: string): number | undefined => {
    const mark = marks.find(
      ({ metadataKey, location }) =>
        metadataKey === key && location.type === 'ROW' && location.sheetId === sheetId,
    );
    return mark?.location.type === 'ROW' ? mark.location.index : undefined;
  };
  const sheet = dump.sheets.find((one) => one.sheetId === sheetId);
  if (!sheet) return undefined;
  const [headerRow, endRow] = [rowOf('foliokeep.header'), rowOf('foliokeep.last')];
  if (headerRow === undefined) return null;
  const { columns } = datasetById(exporter.dataset);
  const labels = (exporter.columns ?? []).map(
    (key) => columns.find((column) => column.key === key)?.label ?? '',
  );
  const cells = new Map<string, string>();
  let highest = headerRow;
  for (const [name, cell] of Object.entries(sheet.cells)) {
    const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(name) ?? [];
    const row = Number(digits) - 1;
    const text = cell.formula ?? (cell.value === undefined ? '' : plain(String(cell.value)));
    cells.set(`${letters}${row}`, text);
    highest = Math.max(highest, row);
  }
  const letters = Array.from({ length: sheet.columnCount }, (_, at) => letterOf(at));
  const places = labels.map((label) =>
    letters.find((letter) => cells.get(`${letter}${headerRow}`) === label),
  );
  if (places.includes(undefined)) return null;
  const rowsIn = (from: number, to: number): string[] => {
    const rows: string[] = [];
    for (let row = from; row <= to; row += 1) {
      const values = places.map((letter) => cells.get(`${letter}${row}`) ?? '');
      if (values.some((value) => value !== '')) rows.push(JSON.stringify(values));
    }
    return rows;
  };
  const end = endRow ?? highest;
  const inOrder = rowsIn(headerRow + 1, end);
  return { title: sheet.title, rows: inOrder.toSorted(), inOrder, below: rowsIn(end + 1, highest) };
}

export const letterOf = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : `${letterOf(Math.floor(at / 26) - 1)}${letterOf(at % 26)}`;

/** Everything that people marked as theirs: tab, cell and what is in it, notes too. */
export function theirsIn(dump: SpreadsheetDump): string[] {
  return dump.sheets.flatMap((sheet) =>
    Object.entries(sheet.cells).flatMap(([name, { value, formula, note }]) => {
      const text = String(formula ?? value ?? '');
      const isTheirs =
        text.startsWith('mine') || sheet.title === 'Notes' || note?.startsWith('mine') === true;
      return isTheirs ? [`${sheet.sheetId}!${name} ${text} ${note?.startsWith('mine') ? note : ''}`] : [];
    }),
  );
}
