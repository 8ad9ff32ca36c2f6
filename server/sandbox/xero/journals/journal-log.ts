/**
 * The general ledger's journals as Xero keeps them: numbered for ever, never changed. A document that was edited or voided
 * gives the reverse of its journal and, where something is left, a new one (xero-api.md 3.3, 2026-11-20).
 */
import type { Company } from '../company/company.ts';
import { mix } from '../company/guid.ts';
import { booksMark } from '../reports/cash-book.ts';
import { type JournalPart, journalParts } from './journal-parts.ts';

export interface Journal extends JournalPart {
  number: number;
  /** When it was made, in ms. */
  createdAt: number;
}

interface Log {
  mark: string;
  journals: Journal[];
  /** Those that stand: by key, with what they say. */
  standing: Map<string, { journal: Journal; text: string }>;
}

const logs = new WeakMap<Company, Log>();

/**
 * All journals by number. The first look finds the books as they are and numbers them by when their documents changed last;
 * what happens later is noticed at the next look. Numbers have gaps, as Xero's do.
 */
export function journalsOf(company: Company, now: number): readonly Journal[] {
  const mark = booksMark(company);
  const log = logs.get(company) ?? { mark: '', journals: [], standing: new Map() };
  logs.set(company, log);
  if (log.mark === mark) return log.journals;
  log.mark = mark;
  const parts = journalParts(company);
  for (const [key, { journal }] of log.standing) {
    if (parts.has(key)) continue;
    append(log, reverseOf(journal), now);
    log.standing.delete(key);
  }
  const inOrder = [...parts.values()].sort((a, b) => a.changedAt - b.changedAt || (a.key < b.key ? -1 : 1));
  for (const part of inOrder) {
    const text = JSON.stringify(part.postings);
    const standing = log.standing.get(part.key);
    if (standing?.text === text) continue;
    if (standing) append(log, reverseOf(standing.journal), part.changedAt);
    log.standing.set(part.key, { journal: append(log, part, part.changedAt), text });
  }
  return log.journals;
}

function append(log: Log, part: JournalPart, createdAt: number): Journal {
  const last = log.journals.at(-1)?.number ?? 0;
  const gap = mix(last) % 11 === 0 ? 2 : 0;
  const journal = { ...part, number: last + 1 + gap, createdAt };
  log.journals.push(journal);
  return journal;
}

const reverseOf = (journal: Journal): JournalPart => ({
  ...journal,
  postings: journal.postings.map((posting) => ({ ...posting, cents: -posting.cents })),
});
