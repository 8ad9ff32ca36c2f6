/** Runs probes one after the other: what each found, with what was seen on the way. */
import type { Caller } from './caller.ts';
import type { Person } from './person.ts';
import { type Finding, type Probe, ProbeError } from './probe.ts';
import type { Seen } from './shape.ts';

export interface ProbeResult {
  name: string;
  rules: readonly string[];
  asks: string;
  expects: string;
  act?: string;
  /** `failed`: the probe itself broke, which says nothing about the rule. */
  verdict: Finding['verdict'] | 'failed' | 'skipped';
  found: string;
  seen: Seen[];
}

/**
 * A probe that wants an act asks the person whether it is done; Enter skips it. After a ProbeError, such as a limit that was
 * met, nothing more is asked: the rest is skipped. Any other fault of one probe leaves the others.
 */
export async function runProbes<Asker>(
  probes: readonly Probe<Asker>[],
  asker: Asker,
  { person, caller }: { person: Person; caller: Caller },
): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  let stopped: string | null = null;
  for (const probe of probes) {
    const found: { verdict: ProbeResult['verdict']; found: string } =
      stopped === null ? await runOne(probe, asker, person) : { verdict: 'skipped', found: stopped };
    if (found.verdict === 'failed' && found.found.startsWith('The probe stopped')) stopped = found.found;
    const { name, rules, asks, expects, act } = probe;
    results.push({
      name,
      rules,
      asks,
      expects,
      ...(act === undefined ? {} : { act }),
      ...found,
      seen: caller.takeSeen(),
    });
    person.say(`${found.verdict.padEnd(12)} ${name}: ${found.found}`);
  }
  return results;
}

async function runOne<Asker>(
  probe: Probe<Asker>,
  asker: Asker,
  person: Person,
): Promise<{ verdict: ProbeResult['verdict']; found: string }> {
  if (probe.act !== undefined) {
    const done = await person.ask(
      `\n${probe.name}: ${probe.act} Type done when ready, or press Enter to skip:`,
    );
    if (done.toLowerCase() !== 'done') return { verdict: 'skipped', found: 'Nobody did what it needs.' };
  }
  try {
    return await probe.run(asker);
  } catch (error) {
    // A message of ours is safe to show; any other may quote what was read.
    const found =
      error instanceof ProbeError ? error.message : `${(error as Error).name} in the probe itself.`;
    return { verdict: 'failed', found };
  }
}
