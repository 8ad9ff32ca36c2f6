/** Makes the table for people: every rule of the sandbox with its source and its test, what is unproved, and where it deviates. */
import type { Deviation } from '../../server/sandbox/fidelity/deviations.ts';
import type { Certainty } from '../../server/sandbox/fidelity/rule.ts';
import type { ListedRule } from '../../server/sandbox/fidelity/rules.ts';
import type { RuleTest } from './rule-tests.ts';

export const TABLE_PATH = 'server/sandbox/FIDELITY.md';
export const WRITE_COMMAND = 'node test/fidelity/write-table.ts';

export interface TableInput {
  rules: readonly ListedRule[];
  tests: readonly RuleTest[];
  deviations: readonly Deviation[];
  /** Rule id to the name of the probe that asks a real account. */
  probes: ReadonlyMap<string, string>;
}

/** Rules that only a simulation has shown so far: they need a probe. */
export const isUnproved = ({ certainty }: { certainty: Certainty }): boolean =>
  certainty === 'assumed' || certainty === 'reported';

/** Markdown, the same for the same input. */
export function fidelityTable({ rules, tests, deviations, probes }: TableInput): string {
  const testsOf = (id: string) =>
    tests
      .filter(({ ids }) => ids.includes(id))
      .map(({ file, title }) => `${title} (\`${file.replace(/^test\//, '')}\`)`)
      .join('<br>');
  const subjects = [...new Set(rules.map(({ file }) => file))];
  const unproved = rules.filter(isUnproved);
  return [
    '# What the sandbox does as Xero and Google do',
    '',
    `Made by \`${WRITE_COMMAND}\` from the rules in \`server/sandbox/fidelity/\` and the tests that carry their ids; do not edit.`,
    `${rules.length} rules, ${unproved.length} of them proved only in simulation, ${deviations.length} deviations.`,
    '',
    'Certainty: *documented*, the provider says so or two independent sources agree; *specified*, in the published OpenAPI file or in the',
    'types that the provider ships; *observed*, in a record of a real account; *ran*, seen by running the provider’s own client;',
    '*reported*, one secondary source; *assumed*, nobody says so. Sources are named as in the research notes: sections of `xero-api.md`',
    'and `google-platform.md`, OAS (Xero’s OpenAPI files, 16.1), DOC (a page of Xero’s documentation), repositories with their issues.',
    '',
    ...subjects.flatMap((file) => [
      `## ${file.replace(/\.ts$/, '').replaceAll('-', ' ')}`,
      '',
      '| Rule | What | Certainty | Source | Test |',
      '|---|---|---|---|---|',
      ...rules
        .filter((rule) => rule.file === file)
        .map((rule) => row([`\`${rule.id}\``, rule.says, rule.certainty, rule.source, testsOf(rule.id)])),
      '',
    ]),
    '## Proved only in simulation, to probe on a real account',
    '',
    '`npm run probe` asks what can be asked without touching data; the rest is for a person to do.',
    '',
    '| Rule | Certainty | Probe | Asked by |',
    '|---|---|---|---|',
    ...unproved.map(({ id, certainty, probe = '' }) =>
      row([
        `\`${id}\``,
        certainty,
        probe,
        probes.has(id) ? `\`npm run probe\`: ${probes.get(id)}` : 'a person',
      ]),
    ),
    '',
    '## Where the sandbox deviates, and why',
    '',
    '| Xero or Google | The sandbox | Why | Source |',
    '|---|---|---|---|',
    ...deviations.map(({ theirs, ours, reason, source }) => row([theirs, ours, reason, source])),
    '',
  ].join('\n');
}

const row = (cells: string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
