/** The right to write into a spreadsheet: one run at a time, kept from unit to unit. */
import { hasEnded } from '../../../domain/run.ts';
import type { Ports } from '../../../ports.ts';
import { acquireLease, type HeldLease, renewLease } from '../../leases.ts';

/** Longer than any one call to Google may take (190 s), so that a lease never ends under a call. */
export const LEASE_MS = 300_000;

/** Taken, or held on for as long again. WaitError `LEASE_HELD` while another run has it. */
export async function holdSpreadsheet(
  ports: Pick<Ports, 'store' | 'clock'>,
  { name, teamId, runId }: { name: string; teamId: string; runId: string },
): Promise<HeldLease> {
  const { fencing } = await acquireLease(ports, {
    name,
    teamId,
    holder: runId,
    ttlMs: LEASE_MS,
    what: 'the spreadsheet',
    // Cancelled or ended by its deadline between two units, a run gives nothing back.
    async isOver(tx, holder) {
      const run = await tx.get('runs', holder);
      return run !== undefined && hasEnded(run.data);
    },
  });
  return renewLease(ports, { name, fencing, ttlMs: LEASE_MS });
}
