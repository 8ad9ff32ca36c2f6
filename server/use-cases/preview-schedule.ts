/** What a schedule would do, said before it is saved. */
import type { Schedule, ScheduleView } from '../../shared/contract/schedule.ts';
import { checkSchedule } from '../domain/check-schedule.ts';
import { nextSlots } from '../domain/schedule.ts';
import type { Ports } from '../ports.ts';
import { viewOfSchedule } from './exporter-view.ts';

/** UserError `INVALID_INPUT` with the field and the fix. */
export async function previewSchedule(
  ports: Pick<Ports, 'clock'>,
  schedule: Schedule,
): Promise<ScheduleView> {
  const now = ports.clock.now();
  const checked = checkSchedule(schedule, now);
  return viewOfSchedule(checked, nextSlots(checked, now, 3));
}
