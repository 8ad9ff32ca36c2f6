/** Quotas: Sheets' 300 reads and 300 writes a minute per project, 60 and 60 per user of it (section 5.1); Drive's units (8.2). */
import type { SandboxClock } from '../clock.ts';
import { GoogleApiError } from './google-api-error.ts';

export type CallKind = 'read' | 'write';

export interface QuotaLimits {
  perProject: number;
  perUser: number;
  /** Drive's, in units (section 8.2). */
  driveUnitsPerProject: number;
  driveUnitsPerUser: number;
}

export interface QuotaCounts {
  user: string;
  reads: number;
  writes: number;
  refused: number;
}

export interface Quotas {
  /** Counts one call, whatever it contains; throws the 429 when a window is full. */
  spend(projectNumber: string, email: string, kind: CallKind): void;
  /** Counts a Drive call's units; throws the 403 when a window is full. */
  spendDrive(projectNumber: string, email: string, units: number): void;
  set(change: { isOn?: boolean | undefined } & { [limit in keyof QuotaLimits]?: number | undefined }): void;
  /** Calls since the start, per user, and the windows as they stand. */
  counts(): { isOn: boolean; limits: QuotaLimits; users: QuotaCounts[] };
  /** Fills the current minute's window of a kind, so that the next call is refused. */
  exhaust(projectNumber: string, kind: CallKind): void;
}

const MINUTE_MS = 60_000;

export const createQuotas = (clock: SandboxClock, isOnAtStart: boolean): Quotas => {
  let isOn = isOnAtStart;
  const limits: QuotaLimits = {
    perProject: 300,
    perUser: 60,
    driveUnitsPerProject: 1_000_000,
    driveUnitsPerUser: 325_000,
  };
  const users = new Map<string, QuotaCounts>();
  let minute = -1;
  let windows = new Map<string, number>();

  const windowOf = (key: string): number => {
    const now = Math.floor(clock.now() / MINUTE_MS);
    if (now !== minute) {
      minute = now;
      windows = new Map();
    }
    return windows.get(key) ?? 0;
  };

  return {
    spend(projectNumber, email, kind) {
      const counts = users.get(email) ?? { user: email, reads: 0, writes: 0, refused: 0 };
      users.set(email, counts);
      const projectKey = `${projectNumber}|${kind}`;
      const userKey = `${projectKey}|${email}`;
      const projectUsed = windowOf(projectKey);
      const userUsed = windowOf(userKey);
      const isForced = windowOf(`${projectKey}|exhausted`) > 0;
      if (isForced || (isOn && (userUsed >= limits.perUser || projectUsed >= limits.perProject))) {
        counts.refused += 1;
        const isUser = !isForced && userUsed >= limits.perUser;
        throw quotaExceeded(projectNumber, kind, isUser, isUser ? limits.perUser : limits.perProject);
      }
      windows.set(projectKey, projectUsed + 1);
      windows.set(userKey, userUsed + 1);
      if (kind === 'read') counts.reads += 1;
      else counts.writes += 1;
    },
    spendDrive(projectNumber, email, units) {
      const projectKey = `${projectNumber}|drive`;
      const userKey = `${projectKey}|${email}`;
      const projectUsed = windowOf(projectKey) + units;
      const userUsed = windowOf(userKey) + units;
      if (isOn && userUsed > limits.driveUnitsPerUser) throw driveQuotaExceeded('userRateLimitExceeded');
      if (isOn && projectUsed > limits.driveUnitsPerProject) throw driveQuotaExceeded('rateLimitExceeded');
      windows.set(projectKey, projectUsed);
      windows.set(userKey, userUsed);
    },
    set({ isOn: wanted, ...change }) {
      isOn = wanted ?? isOn;
      for (const name of Object.keys(limits) as (keyof QuotaLimits)[])
        limits[name] = change[name] ?? limits[name];
    },
    counts: () => ({ isOn, limits: { ...limits }, users: [...users.values()].map((user) => ({ ...user })) }),
    exhaust(projectNumber, kind) {
      const key = `${projectNumber}|${kind}|exhausted`;
      windows.set(key, windowOf(key) + 1);
    },
  };
};

/** Drive's older dialect: 403 with a reason (guide "Resolve errors", 2026). */
const driveQuotaExceeded = (reason: 'userRateLimitExceeded' | 'rateLimitExceeded'): GoogleApiError =>
  new GoogleApiError(
    'PERMISSION_DENIED',
    reason === 'userRateLimitExceeded' ? 'User Rate Limit Exceeded' : 'Rate Limit Exceeded',
    { reason, domain: 'usageLimits' },
  );

/** The 429 of a captured answer (Sage-Bionetworks/data_curator issue 110, n8n issue 18009). */
const quotaExceeded = (project: string, kind: CallKind, isUser: boolean, limit: number): GoogleApiError => {
  const word = kind === 'read' ? 'Read' : 'Write';
  const per = isUser ? ' per user' : '';
  return new GoogleApiError(
    'RESOURCE_EXHAUSTED',
    `Quota exceeded for quota metric '${word} requests' and limit '${word} requests per minute${per}' of service 'sheets.googleapis.com' for consumer 'project_number:${project}'.`,
    {
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'RATE_LIMIT_EXCEEDED',
          domain: 'googleapis.com',
          metadata: {
            service: 'sheets.googleapis.com',
            quota_metric: `sheets.googleapis.com/${kind}_requests`,
            quota_limit: `${word}RequestsPerMinutePer${isUser ? 'User' : 'Project'}`,
            quota_limit_value: String(limit),
            quota_unit: isUser ? '1/min/{project}/{user}' : '1/min/{project}',
            quota_location: 'global',
            consumer: `projects/${project}`,
          },
        },
      ],
    },
  );
};
