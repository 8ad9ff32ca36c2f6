/** The report of a probe: Markdown to read and paste, JSON to compare; neither holds anything of people's books or tokens. */
import { ProbeError } from './probe.ts';
import type { ProbeResult } from './run-probes.ts';

export interface ProbeReport {
  /** ISO, to the day: which version of Xero or Google was asked. */
  date: string;
  /** Hosts that were asked. */
  hosts: string[];
  calls: number;
  results: ProbeResult[];
}

export interface ReportTexts {
  markdown: string;
  json: string;
}

/** ProbeError where a secret or a name would stand in it: nothing is written then. */
export function reportTexts(report: ProbeReport, secrets: readonly string[]): ReportTexts {
  const texts = { markdown: markdownOf(report), json: `${JSON.stringify(report, null, 2)}\n` };
  for (const text of Object.values(texts)) {
    if (secrets.some((secret) => secret !== '' && text.includes(secret))) {
      throw new ProbeError(
        'The report would hold a secret or a name, so it was not written. Please report this.',
      );
    }
  }
  return texts;
}

function markdownOf({ date, hosts, calls, results }: ProbeReport): string {
  const count = (verdict: ProbeResult['verdict']) =>
    results.filter((each) => each.verdict === verdict).length;
  return [
    `# Probe of ${date}`,
    '',
    `Asked ${hosts.join(', ')} in ${calls} calls: ${count('as-expected')} as expected, ${count('differs')} differ, ${count('not-asked')} not asked, ${count('skipped')} skipped, ${count('failed')} failed.`,
    '',
    '| Probe | Rules | Verdict | Expected | Found |',
    '|---|---|---|---|---|',
    ...results.map(
      ({ name, rules, verdict, expects, found }) =>
        `| ${[name, rules.map((rule) => `\`${rule}\``).join(' '), `**${verdict}**`, expects, found].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
    ),
    '',
    '## What was seen',
    '',
    'The shapes of all answers are in the JSON file; here are those of refusals.',
    '',
    ...results.flatMap(({ name, seen }) =>
      seen.length === 0 ? [] : [`**${name}**`, '', ...seen.map(seenLine), ''],
    ),
  ].join('\n');
}

/** Headers once more only where they say something about a refusal: the report is to fit into an issue. */
function seenLine({ asked, status, headers, body }: ProbeResult['seen'][number]): string {
  const refusal = status >= 400 ? ` ${JSON.stringify({ headers, body })}` : '';
  return `- \`${asked}\` → ${status}${refusal}`;
}
