/** Calls to Xero within its limits: reserved in the store before they are sent, over all workers and teams of an organisation. */
import {
  appRules,
  type BudgetRules,
  organisationRules,
  type Priority,
  type Reserved,
} from '../../domain/budget.ts';
import { WaitError } from '../../errors.ts';
import type { XeroRemaining } from '../../ports.ts';
import { type CallLine, callLine, type LinePorts, type Permit } from './call-line.ts';

export interface CallBudget {
  /**
   * Makes one call within the limits and learns from its answer. Waits in place for as long as a pause of seconds helps; else
   * WaitError `XERO_MINUTE_LIMIT`, `XERO_DAY_LIMIT`, `XERO_APP_LIMIT` or `XERO_BUSY` with the time to come back at.
   */
  spend<T>(
    organisationId: string,
    priority: Priority,
    call: (note: (remaining: XeroRemaining) => void) => Promise<T>,
  ): Promise<T>;
}

export interface CallBudgetOptions {
  /** Calls a minute and organisation that Xero allows this app, where it is not 60. */
  minuteLimit?: number;
}

/** The app's own limit is one document, handed out in blocks; a service of many processes would shard it by process. */
const appBudgetId = 'app';

export function callBudget(ports: LinePorts, { minuteLimit }: CallBudgetOptions = {}): CallBudget {
  const rules: BudgetRules =
    minuteLimit === undefined
      ? organisationRules
      : { ...organisationRules, windows: { ...organisationRules.windows, minute: minuteLimit } };
  const app = callLine(ports, {
    id: appBudgetId,
    rules: appRules,
    blockOf: appRules.mostPerReservation,
    refusal: ({ untilAt }) => new WaitError('XERO_APP_LIMIT', untilAt),
  });
  const lines = new Map<string, CallLine>();
  const lineOf = (organisationId: string): CallLine => {
    const line =
      lines.get(organisationId) ?? callLine(ports, { id: organisationId, rules, blockOf: 1, refusal });
    lines.set(organisationId, line);
    return line;
  };

  return {
    async spend(organisationId, priority, call) {
      const line = lineOf(organisationId);
      const fromApp = await app.take(priority);
      const own = await line.take(priority).catch(async (error: unknown) => {
        await fromApp.settle(false, {});
        throw error;
      });
      let remaining: XeroRemaining = { minute: undefined, day: undefined, appMinute: undefined };
      const sentAt = ports.clock.now();
      try {
        return await call((stated) => {
          remaining = stated;
        });
      } catch (error) {
        if (error instanceof WaitError) await noteRefusal(error, line, app);
        throw error;
      } finally {
        await settleBoth(own, fromApp, remaining, sentAt);
      }
    },
  };
}

const settleBoth = async (
  own: Permit,
  fromApp: Permit,
  remaining: XeroRemaining,
  sentAt: number,
): Promise<void> => {
  await own.settle(true, { minute: remaining.minute, day: remaining.day }, sentAt);
  await fromApp.settle(true, { minute: remaining.appMinute }, sentAt);
};

/** A 429 stops its own scope until the stated time; others go on. */
async function noteRefusal({ code, untilAt }: WaitError, line: CallLine, app: CallLine): Promise<void> {
  switch (code) {
    case 'XERO_MINUTE_LIMIT':
      return line.block('minute', untilAt);
    case 'XERO_DAY_LIMIT':
      return line.block('day', untilAt);
    case 'XERO_BUSY':
      return line.block('concurrent', untilAt);
    case 'XERO_APP_LIMIT':
      return app.block('minute', untilAt);
    default:
  }
}

const refusal = ({ by, untilAt }: Extract<Reserved, { kind: 'wait' }>): WaitError => {
  if (by === 'minute') return new WaitError('XERO_MINUTE_LIMIT', untilAt);
  return new WaitError(by === 'day' ? 'XERO_DAY_LIMIT' : 'XERO_BUSY', untilAt);
};
