/** Xero for thousands of small organisations: the real client's counterpart on the network, with every limit that Xero keeps. */
import type { HttpRequest } from '../../../server/domain/http-message.ts';
import type { Clock, Network } from '../../../server/ports.ts';
import { resources } from '../../../server/resources/index.ts';
import { type FixedWindows, fixedWindows } from './fixed-windows.ts';

export interface XeroEnd extends Network {
  calls(): number;
  /** How many organisations were looked at, and the calls beyond each limit. `appInStretches`: whether any stretch of a minute was. */
  judged(): Record<'organisations' | 'app' | 'minute' | 'day' | 'concurrent', number> & {
    appInStretches: boolean;
  };
}

const minute = 60_000;
export const appLimit = 10_000;
const mostInFlight = 5;

interface Organisation {
  minute: FixedWindows;
  day: FixedWindows;
  inFlight: number;
}

export function xeroEnd(clock: Clock, random: () => number): XeroEnd {
  const app = fixedWindows(appLimit, minute, random() * minute);
  const organisations = new Map<string, Organisation>();
  let calls = 0;
  let concurrent = 0;
  const organisationOf = (id: string): Organisation => {
    const known = organisations.get(id);
    if (known !== undefined) return known;
    const made = {
      minute: fixedWindows(60, minute, random() * minute),
      day: fixedWindows(5_000, 24 * 60 * minute, random() * 24 * 60 * minute),
      inFlight: 0,
    };
    organisations.set(id, made);
    return made;
  };

  const answer = ({ url, headers }: HttpRequest) => {
    const now = clock.now();
    const organisation = organisationOf(headers['xero-tenant-id'] ?? '');
    calls += 1;
    const left = {
      minute: organisation.minute.count(now),
      day: organisation.day.count(now),
      app: app.count(now),
    };
    const remaining = {
      'x-minlimit-remaining': String(Math.max(0, left.minute)),
      'x-daylimit-remaining': String(Math.max(0, left.day)),
      'x-appminlimit-remaining': String(Math.max(0, left.app)),
    };
    const problem =
      left.app < 0 ? 'appminute' : left.minute < 0 ? 'minute' : left.day < 0 ? 'day' : undefined;
    if (problem !== undefined) {
      const wait = { 'x-rate-limit-problem': problem, 'retry-after': '30' };
      return { status: 429, headers: { ...remaining, ...wait }, body: new Uint8Array() };
    }
    const path = new URL(url).pathname.split('/').at(-1) ?? '';
    const { envelope = path, idField = 'ID' } = resources.find((resource) => resource.path === path) ?? {};
    // One record that never changes.
    const records = headers['if-modified-since'] === undefined ? [{ [idField]: `${path}-1` }] : [];
    const text = JSON.stringify({
      Id: 'a',
      Status: 'OK',
      DateTimeUTC: `/Date(${now})/`,
      pagination: { page: 1, pageSize: 1_000, pageCount: records.length, itemCount: records.length },
      [envelope]: records,
    });
    return {
      status: 200,
      headers: { ...remaining, 'content-type': 'application/json; charset=utf-8' },
      body: new TextEncoder().encode(text),
    };
  };

  return {
    async request(request) {
      const organisation = organisationOf(request.headers['xero-tenant-id'] ?? '');
      organisation.inFlight += 1;
      if (organisation.inFlight > mostInFlight) concurrent += 1;
      await clock.sleep(30 + random() * 170);
      const response = answer(request);
      await clock.sleep(50 + random() * 250);
      organisation.inFlight -= 1;
      return response;
    },
    calls: () => calls,
    judged() {
      const all = [...organisations.values()];
      const sum = (name: 'minute' | 'day') => all.reduce((total, one) => total + one[name].exceeded, 0);
      return {
        organisations: all.length,
        app: app.exceeded,
        minute: sum('minute'),
        day: sum('day'),
        concurrent,
        appInStretches: app.mostInStretch > appLimit,
      };
    },
  };
}
