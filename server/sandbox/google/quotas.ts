/** Sheets quotas: 300 reads and 300 writes a minute per project, 60 and 60 per user of it (section 5.1). */
import type { SandboxClock } from '../clock.ts';
import { GoogleApiError } from './google-api-error.ts';

export type CallKind = 'read' | 'write';

export interface QuotaLimits {
  perProject: number;
  perUser: number;
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
  set(change: {
    isOn?: boolean | undefined;
    perProject?: number | undefined;
    perUser?: number | undefined;
  }): void;
  /** Calls since the start, per user, and the windows as they stand. */
  counts(): { isOn: boolean; limits: QuotaLimits; users: QuotaCounts[] };
  /** Fills the current minute's window of a kind, so that the next call is refused. */
  exhaust(projectNumber: string, kind: CallKind): void;
}

const MINUTE_MS = 60_000;

export const createQuotas = (clock: SandboxClock, isOnAtStart: boolean): Quotas => {
  let isOn = isOnAtStart;
  const limits: QuotaLimits = { perProject: 300, perUser: 60 };
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
    set(change) {
      isOn = change.isOn ?? isOn;
      limits.perProject = change.perProject ?? limits.perProject;
      limits.perUser = change.perUser ?? limits.perUser;
    },
    counts: () => ({ isOn, limits: { ...limits }, users: [...users.values()].map((user) => ({ ...user })) }),
    exhaust(projectNumber, kind) {
      const key = `${projectNumber}|${kind}|exhausted`;
      windows.set(key, windowOf(key) + 1);
    },
  };
};

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
