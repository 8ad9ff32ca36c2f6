/** The engine's times and bounds in one place, so that tests and small machines can have others. */

export interface EngineOptions {
  /** Life of the lease on a run after each record or heartbeat: how soon a dead worker is noticed. */
  leaseMs: number;
  /** Between renewals while a long unit is under way; several fit into a lease. */
  heartbeatMs: number;
  /** Between looks at what a unit reports; the soonest that people see new progress within a unit. */
  progressMs: number;
  /** Work of one task, then the next task goes on. Well under the 30 minutes that Cloud Tasks allows one attempt. */
  sliceMs: number;
  /** One unit that takes longer is given up as if its worker had died. */
  unitMs: number;
  /** From the abort of a unit until nobody waits for it any more; Cloud Run gives ten seconds after SIGTERM. */
  graceMs: number;
  /** Deliveries of a lost or failing task without any unit recorded, before the run fails. */
  maxRescues: number;
  /** Back-off after trouble: doubling from the first to the longest, with jitter. */
  firstBackOffMs: number;
  longestBackOffMs: number;
  /** How long past its due time a task counts as lost. */
  lostAfterMs: number;
  /** From the request of a run to its end at the latest; waits for a new day's budget fit in. */
  deadlineMs: number;
  /** Between two ticks, counted from the full minute so that slots begin on time. */
  tickMs: number;
  /** Slots that one call starts at most, and the time after which it takes no more; what is left is begun again at once. */
  slotsAtOnce: number;
  slotsMs: number;
  /** How long ended runs are kept; the last of each exporter stays. */
  keepRunsMs: number;
}

export const engineDefaults: EngineOptions = {
  leaseMs: 60_000,
  heartbeatMs: 15_000,
  progressMs: 2_000,
  sliceMs: 4 * 60_000,
  unitMs: 20 * 60_000,
  graceMs: 5_000,
  maxRescues: 10,
  firstBackOffMs: 2_000,
  longestBackOffMs: 5 * 60_000,
  lostAfterMs: 90_000,
  deadlineMs: 48 * 3_600_000,
  tickMs: 60_000,
  slotsAtOnce: 500,
  slotsMs: 500,
  keepRunsMs: 90 * 24 * 3_600_000,
};
