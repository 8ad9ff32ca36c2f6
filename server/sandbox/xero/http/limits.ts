/**
 * Xero's limits on the sandbox clock (xero-api.md section 2, performance.md 1.1, 2026-11-20): 5 at once, 60 a minute and 1,000 or 5,000 a day
 * per organisation, 10,000 a minute per app. Fixed windows, each organisation's starting at its own moment.
 */
import type { SandboxClock } from '../../clock.ts';
import type { Tier } from '../company/profiles.ts';
import { seedFrom } from '../company/seeded-random.ts';

export type LimitKind = 'concurrent' | 'minute' | 'day' | 'appminute';

export interface LimitSettings {
  isOn: boolean;
  concurrent: number;
  minute: number;
  /** Null: by the organisation's tier. */
  day: number | null;
  appMinute: number;
}

/** A place in flight, or the reason why not with whole seconds to wait (none for concurrency). */
export type Admission =
  | { kind: 'admitted'; headers: Record<string, string>; release(): void }
  | { kind: 'refused'; limit: LimitKind; retryAfter: number | null; headers: Record<string, string> };

export interface Limiter {
  settings: LimitSettings;
  admit(tenantId: string): Admission;
  /** What is left, counting nothing. */
  headers(tenantId: string): Record<string, string>;
  /** Counts a call that names no organisation against the app's minute only. */
  admitApp(): { headers: Record<string, string> };
  setTier(tenantId: string, tier: Tier): void;
  tierOf(tenantId: string): Tier;
  maxInFlight(tenantId: string): number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const DEFAULT_LIMITS: LimitSettings = {
  isOn: true,
  concurrent: 5,
  minute: 60,
  day: null,
  appMinute: 10_000,
};

export function limiter(clock: SandboxClock, seed: number, tiers: Map<string, Tier>, isOn: boolean): Limiter {
  const settings: LimitSettings = { ...DEFAULT_LIMITS, isOn };
  const flights = new Map<string, { now: number; max: number }>();
  const window = (lengthMs: number, phase: number) => {
    let started = Number.NEGATIVE_INFINITY;
    let used = 0;
    const roll = () => {
      const from = Math.floor((clock.now() - phase) / lengthMs) * lengthMs + phase;
      if (from !== started) [started, used] = [from, 0];
    };
    return {
      left(limit: number) {
        roll();
        // Switched off, every answer says that all is left, so that no careful caller waits.
        return settings.isOn ? Math.max(0, limit - used) : limit;
      },
      take() {
        roll();
        used++;
      },
      secondsLeft: () => Math.max(1, Math.ceil((started + lengthMs - clock.now()) / 1000)),
    };
  };
  const windows = new Map<string, { minute: ReturnType<typeof window>; day: ReturnType<typeof window> }>();
  const windowsOf = (tenantId: string) => {
    let found = windows.get(tenantId);
    if (!found) {
      const phase = seedFrom(seed, 'window', tenantId) >>> 0;
      found = { minute: window(MINUTE_MS, phase % MINUTE_MS), day: window(DAY_MS, phase % DAY_MS) };
      windows.set(tenantId, found);
    }
    return found;
  };
  const app = window(MINUTE_MS, 0);
  const dayLimit = (tenantId: string) => settings.day ?? (tiers.get(tenantId) === 'starter' ? 1000 : 5000);
  const headers = (tenantId: string) => ({
    'x-daylimit-remaining': String(windowsOf(tenantId).day.left(dayLimit(tenantId))),
    'x-minlimit-remaining': String(windowsOf(tenantId).minute.left(settings.minute)),
    'x-appminlimit-remaining': String(app.left(settings.appMinute)),
  });

  return {
    settings,
    headers,
    admit(tenantId) {
      const { minute, day } = windowsOf(tenantId);
      const flight = flights.get(tenantId) ?? { now: 0, max: 0 };
      flights.set(tenantId, flight);
      const refuse = (limit: LimitKind, retryAfter: number | null): Admission => ({
        kind: 'refused',
        limit,
        retryAfter,
        headers: headers(tenantId),
      });
      if (settings.isOn) {
        // Retry-After comes with the minute and the day only (xero-api.md section 2).
        if (flight.now >= settings.concurrent) return refuse('concurrent', null);
        if (day.left(dayLimit(tenantId)) === 0) return refuse('day', day.secondsLeft());
        if (minute.left(settings.minute) === 0) return refuse('minute', minute.secondsLeft());
        if (app.left(settings.appMinute) === 0) return refuse('appminute', null);
      }
      for (const each of [minute, day, app]) each.take();
      flight.now++;
      flight.max = Math.max(flight.max, flight.now);
      let isReleased = false;
      return {
        kind: 'admitted',
        headers: headers(tenantId),
        release() {
          if (!isReleased) flight.now--;
          isReleased = true;
        },
      };
    },
    admitApp() {
      app.take();
      return { headers: { 'x-appminlimit-remaining': String(app.left(settings.appMinute)) } };
    },
    setTier: (tenantId, tier) => void tiers.set(tenantId, tier),
    tierOf: (tenantId) => tiers.get(tenantId) ?? 'starter',
    maxInFlight: (tenantId) => flights.get(tenantId)?.max ?? 0,
  };
}
