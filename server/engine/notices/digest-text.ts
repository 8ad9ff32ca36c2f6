/** The daily digest: how all organisations of a team stand, those with trouble first. */
import { setImmediate } from 'node:timers/promises';
import type { Exporter } from '../../domain/exporter.ts';
import { isBroken } from '../../domain/exporter-health.ts';
import type { Ports } from '../../ports.ts';
import { escaped, type MailText, oneLine, page } from './notice-text.ts';
import { pagesOf } from './recipients.ts';

type Needs = Pick<Ports, 'store'>;

interface Standing {
  name: string;
  well: number;
  failed: number;
  gaps: number;
  /** Paused until a person gives access again. */
  needsPerson: number;
  waiting: number;
}

/** Named with their numbers; the rest together. */
const mostNamed = 30;
const pageSize = 500;

/** Undefined when nothing is wrong and nothing ran: then there is nothing to say. */
export async function digestMail(
  ports: Needs,
  teamId: string,
  teamName: string,
  { from }: { from: number; to: number },
  publicUrl: string,
): Promise<MailText | undefined> {
  const standings = await standingsOf(ports, teamId, from);
  const all = [...standings.values()];
  const troubled = all
    .filter((one) => troubleOf(one) > 0 || one.waiting > 0)
    .sort(
      (a, b) => troubleOf(b) - troubleOf(a) || b.waiting - a.waiting || a.name.localeCompare(b.name, 'en'),
    );
  const ran = all.reduce((sum, one) => sum + one.well, 0);
  if (troubled.length === 0 && ran === 0) return undefined;
  const broken = troubled.filter((one) => troubleOf(one) > 0).length;
  const good = all.length - troubled.length;
  const subject =
    broken === 0
      ? `${oneLine(teamName)}: all is well`
      : `${oneLine(teamName)}: ${count(broken, 'organisation needs', 'organisations need')} a look`;
  const first =
    troubled.length === 0
      ? `${all.length === 1 ? 'Your organisation is' : `All ${count(all.length, '', 'organisations')} are`} up to date. ${count(ran, 'exporter', 'exporters')} ran well since yesterday.`
      : `${count(good, 'organisation is', 'organisations are')} up to date, ${count(troubled.length, 'is', 'are')} not. ${count(ran, 'exporter', 'exporters')} ran well since yesterday.`;
  const lines = troubled.slice(0, mostNamed).map((one) => `${oneLine(one.name)}: ${sayStanding(one)}`);
  const rest = troubled.length - lines.length;
  const more = rest === 0 ? [] : [`And ${count(rest, 'more organisation', 'more organisations')}.`];
  const link = `${publicUrl}/`;
  const text = [
    first,
    lines.join('\n'),
    ...more,
    `Open Foliokeep: ${link}`,
    `When you get this: ${publicUrl}/#notices`,
  ];
  const list = lines.map((line) => `<li>${escaped(line)}</li>`).join('');
  return {
    subject,
    text: `${text.filter(Boolean).join('\n\n')}\n`,
    html: page(
      [`<p>${escaped(first)}</p>`, lines.length === 0 ? '' : `<ul>${list}</ul>`],
      [...more, `Open Foliokeep: ${link}`],
      `${publicUrl}/#notices`,
    ),
  };
}

/** By organisation. Reads each exporter of the team once, some hundred at a time, and keeps a few numbers of each organisation. */
async function standingsOf(ports: Needs, teamId: string, from: number): Promise<Map<string, Standing>> {
  const names = new Map<string, string>();
  const where = [{ field: 'teamId', op: '==', value: teamId }] as const;
  for await (const found of pagesOf(ports, 'connections', where, pageSize))
    for (const { data } of found) names.set(data.organisationId, data.name);
  const standings = new Map<string, Standing>();
  for await (const found of pagesOf(ports, 'exporters', where, pageSize)) {
    const kept = found.filter(({ data }) => data.status !== 'deleted');
    const isWaiting = await Promise.all(kept.map(({ data }) => waits(ports, data)));
    for (const [at, { data }] of kept.entries()) {
      const { organisationId } = data;
      const standing = standings.get(organisationId) ?? newStanding(names.get(organisationId) ?? data.name);
      standings.set(organisationId, standing);
      countIn(standing, data, isWaiting[at] === true, from);
    }
    await setImmediate();
  }
  return standings;
}

function countIn(standing: Standing, { status, health }: Exporter, isWaiting: boolean, from: number): void {
  if (status === 'needs-reconnect' || status === 'needs-file') standing.needsPerson += 1;
  else if (isWaiting) standing.waiting += 1;
  else if (isBroken(health?.state)) standing.failed += 1;
  else if (health?.state === 'gaps') standing.gaps += 1;
  else if ((health?.lastSucceededAt ?? 0) > from) standing.well += 1;
}

async function waits({ store }: Needs, { activeRunId }: Exporter): Promise<boolean> {
  return activeRunId !== null && (await store.get('runs', activeRunId))?.data.status === 'waiting';
}

const newStanding = (name: string): Standing => ({
  name,
  well: 0,
  failed: 0,
  gaps: 0,
  needsPerson: 0,
  waiting: 0,
});

const troubleOf = ({ failed, gaps, needsPerson }: Standing): number => failed + gaps + needsPerson;

const sayStanding = ({ failed, gaps, needsPerson, waiting, well }: Standing): string =>
  [
    failed > 0 ? `${failed} failed` : '',
    needsPerson > 0 ? `${needsPerson} ${needsPerson === 1 ? 'needs' : 'need'} you` : '',
    gaps > 0 ? `${gaps} with gaps` : '',
    waiting > 0 ? `${waiting} waiting` : '',
    well > 0 ? `${well} up to date` : '',
  ]
    .filter(Boolean)
    .join(', ');

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
