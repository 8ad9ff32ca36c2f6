/**
 * Every effect is of the class that its label has in the table (I15), judged where it leaves for Xero or Google: what calls itself a
 * read writes nothing, nothing is appended, and a write that a box on the way sends once more changes nothing more.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpRequest } from '../../../server/domain/http-message.ts';
import { diceOf } from './dice.ts';
import { type EffectClass, effects } from './effects.ts';
import { googleOrigin, xeroOrigin } from './lab-network.ts';
import type { LabWorld } from './lab-world.ts';

export interface EffectGuards {
  /** A request as it leaves. */
  leaves(request: HttpRequest): void;
  /** A write into this spreadsheet was answered; its twin comes right behind it in a share of them. */
  written(request: HttpRequest, spreadsheetId: string): Promise<void>;
}

/** The label of the innermost port call under way, the network's own left out. */
export const effectUnderWay = new AsyncLocalStorage<string>();

/** What Xero and Google make of a request, by its method and address (xero-api.md 1, google-platform.md 2). */
const wire: ReadonlyArray<{ origin: string; method: string; path: RegExp; class: EffectClass }> = [
  { origin: xeroOrigin, method: 'GET', path: /^\/(api\.xro\/2\.0\/|connections$)/, class: 'read' },
  { origin: xeroOrigin, method: 'DELETE', path: /^\/connections\/[^/]+$/, class: 'by-address' },
  { origin: xeroOrigin, method: 'POST', path: /^\/connect\/revocation$/, class: 'by-address' },
  { origin: xeroOrigin, method: 'POST', path: /^\/connect\/token$/, class: 'unsafe' },
  { origin: googleOrigin, method: 'GET', path: /^\/(drive\/v3|v4|oauth2\/v3)\//, class: 'read' },
  { origin: googleOrigin, method: 'POST', path: /^\/(token|revoke)$/, class: 'by-address' },
  {
    origin: googleOrigin,
    method: 'POST',
    path: /^\/v4\/spreadsheets\/[^/:]+(:getByDataFilter|\/values:batchGetByDataFilter|\/developerMetadata:search)$/,
    class: 'read',
  },
  {
    origin: googleOrigin,
    method: 'POST',
    path: /^\/v4\/spreadsheets\/[^/:]+\/values:batchUpdate(ByDataFilter)?$/,
    class: 'by-address',
  },
  {
    origin: googleOrigin,
    method: 'POST',
    path: /^\/v4\/spreadsheets\/[^/:]+:batchUpdate$/,
    class: 'conditional',
  },
];

const may: Readonly<Record<EffectClass, readonly EffectClass[]>> = {
  read: ['read'],
  'by-address': ['read', 'by-address'],
  conditional: ['read', 'by-address', 'conditional'],
  unsafe: ['read', 'unsafe'],
};

/** Of writes that were answered. */
const shareOfTwins = 0.1;

export function effectGuards({ watch, google, plan, seed }: LabWorld): EffectGuards {
  const dice = diceOf(seed + 49_979_687);
  return {
    leaves({ method, url }) {
      const { origin, pathname } = new URL(url);
      const known = wire.find(
        (one) => one.origin === origin && one.method === method && one.path.test(pathname),
      );
      const label = effectUnderWay.getStore() ?? 'nothing that has a label';
      const effect = effects[label];
      if (known === undefined)
        watch.violate('I15', `${label} sent ${method} ${pathname}, which is of no class`);
      else if (effect === undefined || !may[effect.class].includes(known.class))
        watch.violate(
          'I15',
          `${label} (${effect?.class}) sent ${method} ${pathname}, which is ${known.class}`,
        );
    },
    async written(request, spreadsheetId) {
      if (plan.isCalm() || !dice.chance(shareOfTwins)) return;
      // What it holds; Drive counts the same values written again as a new version.
      const dump = (): string => JSON.stringify({ ...google.control.dump(spreadsheetId), version: 0 });
      const once = dump();
      // Nobody reads the answer of a twin, nor hears of its end.
      await google
        .handle(request)
        .catch((error: unknown) => watch.event(`a twin was cut off: ${String(error)}`));
      watch.event('a write came twice');
      if (dump() !== once) watch.violate('I15', `${request.url} twice is not once`);
    },
  };
}
