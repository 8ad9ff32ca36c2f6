/** The audit as owners read, keep and check it. */
import type { AuditView } from '../../shared/contract/audit.ts';
import { type AuditEntry, auditIdOf, breakIn, ourselves } from '../domain/audit.ts';
import type { Actor } from '../domain/team.ts';
import type { Ports } from '../ports.ts';
import { mustBeOwner } from './own.ts';
import { cursorText, readCursor } from './page-cursor.ts';

const pageSize = 500;

/** Newest first, a page at a time. INVALID_INPUT when `after` is not the `next` of a page. */
export async function listAudit(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  page: { limit: number; after?: string | undefined },
): Promise<{ entries: AuditView[]; next: string | null }> {
  mustBeOwner(actor);
  const after = readCursor(page.after);
  const found = await ports.store.query('audit', {
    where: [{ field: 'teamId', op: '==', value: actor.teamId }],
    orderBy: { field: 'number', direction: 'desc' },
    limit: page.limit + 1,
    ...(after === undefined ? {} : { after }),
  });
  const shown = found.slice(0, page.limit);
  const last = shown.at(-1);
  const names = namesIn(ports.store, actor.teamId);
  const entries: AuditView[] = [];
  for (const { data } of shown) entries.push(await viewOf(data, names));
  return {
    entries,
    next:
      found.length > page.limit && last !== undefined
        ? cursorText({ id: last.id, value: last.data.number })
        : null,
  };
}

/** Oldest first from this number on, as JSON lines with their hashes; `next` until there is no more. */
export async function downloadAudit(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  { from }: { from: number },
): Promise<{ lines: string; next: number | null }> {
  mustBeOwner(actor);
  const found = await entriesFrom(ports, actor.teamId, from);
  const lines = found.map(
    (entry) => `${JSON.stringify({ ...entry, at: new Date(entry.at).toISOString() })}\n`,
  );
  const last = found.at(-1);
  return {
    lines: lines.join(''),
    next: found.length < pageSize || last === undefined ? null : last.number + 1,
  };
}

/** Every entry against the one before and the head: altered, missing, doubled or swapped ones are found, and the first is named. */
export async function verifyAudit(
  ports: Pick<Ports, 'store'>,
  { teamId }: Pick<Actor, 'teamId'>,
): Promise<{ isWhole: boolean; entries: number; problem: string | null }> {
  // The head first: entries that come while this reads are beyond it.
  const head = (await ports.store.get('auditHeads', teamId))?.data;
  let before: AuditEntry | undefined;
  const broken = (problem: string) => ({ isWhole: false, entries: before?.number ?? 0, problem });
  for (;;) {
    const page = await entriesFrom(ports, teamId, (before?.number ?? 0) + 1);
    for (const entry of page) {
      const problem = breakIn(before, entry);
      if (problem !== undefined) return broken(problem);
      before = entry;
      if (head?.number === entry.number && head.hash !== entry.hash)
        return broken(`entry ${entry.number} is not the one that was written`);
    }
    if (page.length < pageSize) break;
  }
  if ((before?.number ?? 0) < (head?.number ?? 0))
    return broken(`entry ${(before?.number ?? 0) + 1} is missing`);
  if (head === undefined && before !== undefined) return broken('the end of the audit is missing');
  return { isWhole: true, entries: before?.number ?? 0, problem: null };
}

async function entriesFrom(
  { store }: Pick<Ports, 'store'>,
  teamId: string,
  from: number,
): Promise<AuditEntry[]> {
  const found = await store.query('audit', {
    where: [
      { field: 'teamId', op: '==', value: teamId },
      { field: 'number', op: '>=', value: from },
    ],
    orderBy: { field: 'number', direction: 'asc' },
    limit: pageSize,
  });
  // An entry under another address than its own is no entry.
  return found.flatMap(({ id, data }) => (id === auditIdOf(teamId, data.number) ? [data] : []));
}

type Names = (kind: string, id: string) => Promise<string | undefined>;

/** Present names of what entries speak of; what is gone has none. */
function namesIn(store: Ports['store'], teamId: string): Names {
  const known = new Map<string, Promise<string | undefined>>();
  const look = async (kind: string, id: string): Promise<string | undefined> => {
    if (kind === 'user') return (await store.get('users', id))?.data.email;
    if (kind === 'exporter' || kind === 'connection') {
      const found = await store.get(`${kind}s`, id);
      return found?.data.teamId === teamId ? found.data.name : undefined;
    }
    if (kind === 'invitation') {
      const found = await store.get('invitations', id);
      return found?.data.teamId === teamId ? found.data.email : undefined;
    }
    return undefined;
  };
  return (kind, id) => {
    const key = `${kind} ${id}`;
    const looking = known.get(key) ?? look(kind, id);
    known.set(key, looking);
    return looking;
  };
}

async function viewOf(entry: AuditEntry, names: Names): Promise<AuditView> {
  const { number, at, act, object, outcome, code, details } = entry;
  const actor =
    entry.actor === ourselves ? 'Foliokeep' : ((await names('user', entry.actor)) ?? 'somebody who has left');
  const name = object.kind === '' ? undefined : await names(object.kind, object.id);
  const what = name ?? (object.kind === '' ? '' : object.id.slice(0, 12));
  return { number, at: new Date(at).toISOString(), actor, act, object: what, outcome, code, details };
}
