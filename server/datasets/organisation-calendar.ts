/** The organisation's own calendar, out of its record: financial year and time zone. */
import { z } from 'zod';
import type { OrganisationCalendar } from '../domain/report-calls.ts';
import { UserError } from '../errors.ts';
import type { Mirror } from '../mirror/mirror.ts';
import { organisation } from '../resources/organisation.ts';

/** The parts of the Organisation record that make its calendar. Absent ones: a calendar year, UTC. */
const recordSchema = z.object({
  FinancialYearEndMonth: z.int().min(1).max(12).catch(12),
  FinancialYearEndDay: z.int().min(1).max(31).catch(31),
  Timezone: z.string().catch(''),
});

/** The calendar that a record's text says. */
export function calendarFrom(raw: string): OrganisationCalendar {
  const record = recordSchema.parse(JSON.parse(raw));
  return {
    yearEnd: { month: record.FinancialYearEndMonth, day: record.FinancialYearEndDay },
    timeZone: record.Timezone,
  };
}

/** The calendar of the mirror's organisation; undefined before its first pull. */
export async function findCalendar(mirror: Mirror): Promise<OrganisationCalendar | undefined> {
  for await (const batch of mirror.ids(organisation.name, [])) {
    for (const { id, state } of batch) {
      const raw = state === 'tombstone' ? undefined : await mirror.record(organisation.name, id);
      if (raw !== undefined) return calendarFrom(raw);
    }
  }
  return undefined;
}

/** As `findCalendar`; UserError `NOT_FOUND` before the first pull. */
export async function calendarOf(mirror: Mirror): Promise<OrganisationCalendar> {
  const calendar = await findCalendar(mirror);
  if (calendar === undefined) throw new UserError('NOT_FOUND', { what: organisation.label });
  return calendar;
}
