/** A Xero of a few lists whose records a test changes between any two calls. Pages are small, so that a few records fill many. */
import { FatalError, RetryError, UserError } from '../../../../server/errors.ts';
import type { XeroReader, XeroRequest } from '../../../../server/ports.ts';
import { resourceNamed, resources } from '../../../../server/resources/index.ts';

export interface ScriptedRecord {
  id: string;
  updatedAt: number;
  fields: Record<string, unknown>;
}

export interface ScriptedXero extends XeroReader {
  calls: XeroRequest[];
  /** Bodies whose memory was given back. */
  released: number;
  /** Puts a record in, or changes it; its change stamp is now. */
  put(resource: string, id: string, fields?: Record<string, unknown>): void;
  /** As if it had never been. */
  vanish(resource: string, id: string): void;
  /** What the mirror must hold: id → raw. */
  raws(resource: string): Map<string, string>;
  ids(resource: string): string[];
  /** Called before the answer to each call is made, with its number from 0. */
  before: (call: number, request: XeroRequest) => void;
  /** Called after it: the answer is lost when it throws. */
  after: (call: number, request: XeroRequest) => void;
  reports: Map<string, () => unknown>;
  /** Lists larger than this are refused unless they are cut by dates. */
  mostRecords: number;
}

const day = 86_400_000;
const date = (text: string): string => `/Date(${Date.parse(text)}+0000)/`;

export function scriptedXero(now: () => number, pageSize = 3): ScriptedXero {
  const tables = new Map<string, Map<string, ScriptedRecord>>();
  const tableOf = (resource: string) => {
    const table = tables.get(resource) ?? new Map<string, ScriptedRecord>();
    tables.set(resource, table);
    return table;
  };
  const rawOf = (resource: string, { id, updatedAt, fields }: ScriptedRecord): string => {
    const { idField, updatedField } = resourceNamed(resource);
    const stamp = updatedField === null ? {} : { [updatedField]: `/Date(${updatedAt}+0000)/` };
    return JSON.stringify({ [idField]: id, ...fields, ...stamp });
  };
  const names = new Map(resources.map(({ path, name }) => [path, name]));
  const envelope = (rest: string): Uint8Array =>
    Buffer.from(`{"Id":"x","Status":"OK","DateTimeUTC":"/Date(${now()})/",${rest}}`);

  const list = (name: string, { query, modifiedSince }: XeroRequest): Uint8Array => {
    const resource = resourceNamed(name);
    const [from, before] = [
      /Date >= DateTime\((\d+), (\d+), (\d+)\)/,
      /Date < DateTime\((\d+), (\d+), (\d+)\)/,
    ].map((pattern) => {
      const match = pattern.exec(query['where'] ?? '');
      return match === null ? undefined : date(`${match[1]}-${match[2]}-${match[3]}`);
    });
    const inWindow = ({ fields }: ScriptedRecord): boolean => {
      const at = Number(/-?\d+/.exec(String(fields['Date'] ?? ''))?.[0] ?? 0);
      const end = (text: string | undefined) => Number(/-?\d+/.exec(text ?? '')?.[0] ?? Number.NaN);
      return !(at < end(from)) && !(at >= end(before));
    };
    const since = modifiedSince === undefined ? 0 : Date.parse(modifiedSince);
    const found = [...tableOf(name).values()]
      .filter((record) => Math.floor(record.updatedAt / 1000) * 1000 >= since && inWindow(record))
      .sort((a, b) =>
        query['order'] === undefined && a.updatedAt !== b.updatedAt
          ? a.updatedAt - b.updatedAt
          : a.id < b.id
            ? -1
            : 1,
      );
    if (found.length > xero.mostRecords) throw new FatalError('XERO_REFUSED', { problem: 'high volume' });
    const raws = (records: ScriptedRecord[]) => records.map((record) => rawOf(name, record)).join(',\r\n');
    if (query['page'] === undefined) return envelope(`"${resource.envelope}":[${raws(found)}]`);
    const page = Number(query['page']);
    const size = Math.min(pageSize, Number(query['pageSize']));
    const pagination = {
      page,
      pageSize: size,
      pageCount: Math.ceil(found.length / size),
      itemCount: found.length,
    };
    const shown = found.slice((page - 1) * size, page * size);
    return envelope(`"pagination":${JSON.stringify(pagination)},"${resource.envelope}":[${raws(shown)}]`);
  };

  const answer = (request: XeroRequest): Uint8Array => {
    const [path = '', id] = request.path.split('/');
    if (path === 'Reports') {
      const report = xero.reports.get(request.path);
      if (report === undefined) throw new RetryError('XERO_UNAVAILABLE');
      return envelope(`"Reports":[${JSON.stringify(report())}]`);
    }
    const name = names.get(path);
    if (name === undefined) throw new UserError('NOT_FOUND', { what: request.path });
    if (id === undefined) return list(name, request);
    const record = tableOf(name).get(id);
    if (record === undefined) throw new UserError('NOT_FOUND', { what: id });
    return envelope(`"${resourceNamed(name).envelope}":[${rawOf(name, record)}]`);
  };

  const xero: ScriptedXero = {
    calls: [],
    released: 0,
    reports: new Map(),
    mostRecords: Number.POSITIVE_INFINITY,
    before: () => undefined,
    after: () => undefined,
    put(resource, id, fields = {}) {
      const dated = { Date: date('2026-06-15'), ...tableOf(resource).get(id)?.fields, ...fields };
      tableOf(resource).set(id, { id, updatedAt: now(), fields: dated });
    },
    vanish(resource, id) {
      tableOf(resource).delete(id);
    },
    raws: (resource) =>
      new Map([...tableOf(resource).values()].map((record) => [record.id, rawOf(resource, record)])),
    ids: (resource) => [...tableOf(resource).keys()].sort(),
    async read(_connectionId, request) {
      const number = xero.calls.push(request) - 1;
      xero.before(number, request);
      const body = Uint8Array.from(answer(request));
      xero.after(number, request);
      // Whoever looks at it later reads nonsense.
      const release = () => {
        body.fill(0);
        xero.released += 1;
      };
      return { body, wireBytes: body.length, release };
    },
  };
  return xero;
}

export const daysAgo = (now: number, days: number): number => now - days * day;
