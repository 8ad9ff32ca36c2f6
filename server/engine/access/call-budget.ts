/** Calls to Xero within its limits: reserved in the store before they are sent, over all workers and teams of an organisation. */
import { type BudgetRules, organisationRules, type Priority, type Reserved } from '../../domain/budget.ts';
import { WaitError } from '../../errors.ts';
import type { XeroRemaining } from '../../ports.ts';
import { type AppLine, appLine } from './app-line.ts';
import { type CallLine, callLine, type LinePorts } from './call-line.ts';

export interface CallBudget {
  /**
   * Makes one call within the limits and learns from its answer: `note` what it said remains, `count` its bytes. Waits in place for as long as a pause of seconds helps; else
   * WaitError `XERO_MINUTE_LIMIT`, `XERO_DAY_LIMIT`, `XERO_APP_LIMIT` or `XERO_BUSY` with the time to come back at.
   */
  spend<T>(
    organisationId: string,
    priority: Priority,
    call: (note: (remaining: XeroRemaining) => void, count: (bytes: number) => void) => Promise<T>,
  ): Promise<T>;
}

export interface CallBudgetOptions {
  /** Calls a minute and organisation that Xero allows this app, where it is not 60. */
  minuteLimit?: number;
}

/** A 429 for concurrency says no time; one that comes again and again is no matter of moments. */
const firstBusyMs = 250;
const longestBusyMs = 60_000;

export function callBudget(ports: LinePorts, { minuteLimit }: CallBudgetOptions = {}): CallBudget {
  const rules: BudgetRules =
    minuteLimit === undefined
      ? organisationRules
      : { ...organisationRules, windows: { ...organisationRules.windows, minute: minuteLimit } };
  const app = appLine(ports);
  /** Refusals for concurrency since a call got through, by organisation: each is waited out longer than the one before. */
  const busyInARow = new Map<string, number>();
  const lengthened = (organisationId: string, error: WaitError): WaitError => {
    if (error.code !== 'XERO_BUSY') return error;
    const count = busyInARow.get(organisationId) ?? 0;
    busyInARow.set(organisationId, count + 1);
    const untilAt = ports.clock.now() + Math.min(firstBusyMs * 2 ** count, longestBusyMs);
    return untilAt <= error.untilAt ? error : new WaitError(error.code, untilAt, error.details, error);
  };
  const lines = new Map<string, CallLine>();
  const lineOf = (organisationId: string): CallLine => {
    const line = lines.get(organisationId) ?? callLine(ports, { id: organisationId, rules, refusal });
    lines.set(organisationId, line);
    return line;
  };

  return {
    async spend(organisationId, priority, call) {
      const line = lineOf(organisationId);
      const own = await line.take(priority);
      // Last, because what the app's line gives is for now.
      await app.take(priority).catch(async (error: unknown) => {
        await own.settle(false, {});
        throw error;
      });
      let remaining: XeroRemaining = { minute: undefined, day: undefined, appMinute: undefined };
      let bytes = 0;
      const sentAt = ports.clock.now();
      try {
        const answer = await call(
          (stated) => {
            remaining = stated;
          },
          (received) => {
            bytes = received;
          },
        );
        busyInARow.delete(organisationId);
        return answer;
      } catch (error) {
        if (!(error instanceof WaitError)) throw error;
        const refusal = lengthened(organisationId, error);
        await noteRefusal(refusal, line, app);
        throw refusal;
      } finally {
        app.note(remaining.appMinute);
        await own.settle(true, { minute: remaining.minute, day: remaining.day }, sentAt, bytes);
      }
    },
  };
}

/** A 429 stops its own scope until the stated time; others go on. */
async function noteRefusal({ code, untilAt }: WaitError, line: CallLine, app: AppLine): Promise<void> {
  switch (code) {
    case 'XERO_MINUTE_LIMIT':
      return line.block('minute', untilAt);
    case 'XERO_DAY_LIMIT':
      return line.block('day', untilAt);
    case 'XERO_BUSY':
      return line.block('concurrent', untilAt);
    case 'XERO_APP_LIMIT':
      return app.block(untilAt);
    default:
  }
}

const refusal = ({ by, untilAt }: Extract<Reserved, { kind: 'wait' }>): WaitError => {
  if (by === 'minute') return new WaitError('XERO_MINUTE_LIMIT', untilAt);
  return new WaitError(by === 'day' ? 'XERO_DAY_LIMIT' : 'XERO_BUSY', untilAt);
};
