/** What the lab sees: every event for the hash of a seed, every point that was passed or killed, and every broken invariant. */
import { createHash } from 'node:crypto';
import type { Collection } from '../../../server/domain/documents.ts';
import type { Scheduler } from './scheduler.ts';

export interface Violation {
  /** Of reliability-security.md 3.1, or `liveness`, `bug`. */
  invariant: string;
  what: string;
}

export type StoredWatcher = (
  life: { name: string },
  collection: Collection,
  id: string,
  data: unknown,
) => void;

export interface Watch {
  event(text: string): void;
  point(life: { kind: string }, label: string): void;
  killed(life: { kind: string }, label: string, when: 'before' | 'after'): void;
  port(name: string, port: object): void;
  /** Something happened that may cost a unit: a death, a standstill, an effect that failed. */
  disturbed(): void;
  disturbances(): number;
  violate(invariant: string, what: string): void;
  /** A document was committed. */
  stored: StoredWatcher;
  onStored(watcher: StoredWatcher): void;
  /** Secrets that may be in no log, payload or document. */
  secret(text: string): void;
  secrets(): readonly string[];
  /** A line of log or an error that somebody outside could see. */
  said(text: string): void;
  violations: Violation[];
  /** The last events, in order. */
  tail(): string[];
  hash(): string;
  /** `kind label` of every call made. */
  points: Set<string>;
  /** `kind label when` of every kill. */
  kills: Set<string>;
  /** Labels of everything that is wrapped. */
  labels: Set<string>;
}

/** Signatures and the ends of tokens are enough to know them by. */
const tellingEnd = 24;
const mostEvents = 4_000;

export function watchOf(scheduler: Scheduler): Watch {
  const digest = createHash('sha256');
  const events: string[] = [];
  const secrets = new Set<string>();
  const watchers: StoredWatcher[] = [];
  const violations: Violation[] = [];
  let disturbances = 0;
  let saidBytes = 0;
  const watch: Watch = {
    violations,
    points: new Set(),
    kills: new Set(),
    labels: new Set(),
    event(text) {
      const line = `${scheduler.now()} ${text}`;
      digest.update(line);
      events.push(line);
      if (events.length > 2 * mostEvents) events.splice(0, mostEvents);
    },
    point: ({ kind }, label) => void watch.points.add(`${kind} ${label}`),
    killed({ kind }, label, when) {
      disturbances += 1;
      watch.kills.add(`${kind} ${label} ${when}`);
    },
    port(name, port) {
      for (const [method, member] of Object.entries(port))
        if (typeof member === 'function') watch.labels.add(`${name}.${method}`);
    },
    disturbed() {
      disturbances += 1;
    },
    disturbances: () => disturbances,
    violate(invariant, what) {
      if (violations.length < 20) violations.push({ invariant, what });
      watch.event(`VIOLATION ${invariant} ${what}`);
    },
    stored(life, collection, id, data) {
      for (const watcher of watchers) watcher(life, collection, id, data);
    },
    onStored: (watcher) => void watchers.push(watcher),
    secret: (text) => void secrets.add(text.slice(-tellingEnd)),
    secrets: () => [...secrets],
    said(text) {
      saidBytes += text.length;
      if (saidBytes > mostSaid && saidBytes - text.length <= mostSaid)
        watch.violate('I14', `more than ${mostSaid} bytes of log`);
      leaksIn(text, secrets, (secret) =>
        watch.violate('I11', `${secret} in a log line: ${text.slice(0, 200)}`),
      );
    },
    tail: () => events.slice(-mostEvents),
    hash: () => digest.copy().digest('hex'),
  };
  return watch;
}

const mostSaid = 4_000_000;

/** Raw, in base64, hex and percent-encoding. */
export function leaksIn(text: string, secrets: Iterable<string>, tell: (secret: string) => void): void {
  for (const secret of secrets) {
    const bytes = Buffer.from(secret);
    const forms = [
      secret,
      bytes.toString('hex'),
      bytes.toString('base64').slice(0, 28),
      encodeURIComponent(secret),
    ];
    if (forms.some((form) => text.includes(form))) tell(secret.slice(0, 6));
  }
}
