/** The organisation's own calendar, out of its record: financial year and time zone. */
import { z } from 'zod';
import type { OrganisationCalendar } from '../domain/report-calls.ts';
import { FatalError, UserError } from '../errors.ts';
import type { Mirror } from '../mirror/mirror.ts';
import { organisation } from '../resources/organisation.ts';

/** The parts of the Organisation record that make its calendar. Absent ones: a calendar year, UTC. */
const recordSchema = z.object({
  FinancialYearEndMonth: z.int().min(1).max(12).catch(12),
  FinancialYearEndDay: z.int().min(1).max(31).catch(31),
  Timezone: z.string().catch(''),
});

/** The calendar that a record's text says. FatalError `XERO_PAGE_UNREADABLE` when it does not parse. */
export function calendarFrom(raw: string): OrganisationCalendar {
  const parsed = recordSchema.safeParse(jsonOf(raw));
  if (!parsed.success)
    throw new FatalError('XERO_PAGE_UNREADABLE', { what: organisation.label, problem: 'it is broken' });
  const record = parsed.data;
  return {
    yearEnd: { month: record.FinancialYearEndMonth, day: record.FinancialYearEndDay },
    timeZone: record.Timezone,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Its message would quote the record.
    return undefined;
  }
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
