/** `npm run probe`: asks the real Xero and Google what only the sandbox has shown so far, without touching data. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Caller, slowCaller } from './caller.ts';
import { GOOGLE_DOOR_CALLS, openGoogle, SCRATCH_TITLE } from './google-asker.ts';
import { googleProbes } from './google-probes.ts';
import { type Person, terminalPerson } from './person.ts';
import { ProbeError } from './probe.ts';
import { reportTexts } from './report.ts';
import { type ProbeResult, runProbes } from './run-probes.ts';
import { type ProbeSettings, readSettings } from './settings.ts';
import { openXero } from './xero-asker.ts';
import { xeroProbes } from './xero-probes.ts';

const { values } = parseArgs({
  options: {
    /** Where the report goes. */
    folder: { type: 'string', default: '.foliokeep/probe' },
    /** Between two calls, in milliseconds. */
    pause: { type: 'string', default: '1100' },
    /** Says yes to the budget beforehand. */
    yes: { type: 'boolean', default: false },
  },
});

const person = terminalPerson();
try {
  await probe(readSettings(process.env), person);
} catch (error) {
  if (!(error instanceof ProbeError)) throw error;
  person.say(error.message);
  process.exitCode = 1;
} finally {
  person.close();
}

async function probe(settings: ProbeSettings, person: Person): Promise<void> {
  const pauseMs = Number(values.pause);
  const xeroCalls = xeroProbes.reduce((sum, { calls }) => sum + calls, 1);
  const googleCalls = googleProbes.reduce((sum, { calls }) => sum + calls, GOOGLE_DOOR_CALLS);
  person.say(planOf(settings, xeroCalls, googleCalls, pauseMs));
  if (!values.yes && (await person.ask('Go on? Type yes:')).toLowerCase() !== 'yes') {
    throw new ProbeError('Nothing was asked.');
  }
  const results: ProbeResult[] = [];
  const secrets: string[] = [];
  let calls = 0;
  const hosts: string[] = [];
  const asked = (caller: Caller, host: string) => {
    calls += caller.calls();
    hosts.push(new URL(host).host);
  };
  if (settings.xero) {
    const caller = slowCaller({ pauseMs, budget: xeroCalls });
    const door = await openXero(settings.xero, settings.port, person, caller);
    caller.takeSeen();
    results.push(...(await runProbes(xeroProbes, door.asker, { person, caller })));
    secrets.push(...door.secrets());
    asked(caller, settings.xero.apiUrl);
  }
  if (settings.google) {
    const caller = slowCaller({ pauseMs, budget: googleCalls });
    const door = await openGoogle(settings.google, settings.port, person, caller);
    caller.takeSeen();
    try {
      results.push(...(await runProbes(googleProbes, door.asker, { person, caller })));
    } finally {
      await door.close();
    }
    secrets.push(...door.secrets());
    asked(caller, settings.google.sheetsUrl);
  }
  const report = { date: new Date().toISOString().slice(0, 10), hosts, calls, results };
  const { markdown, json } = reportTexts(report, secrets);
  await mkdir(values.folder, { recursive: true });
  const path = join(values.folder, `probe-${report.date}`);
  await writeFile(`${path}.md`, markdown);
  await writeFile(`${path}.json`, json);
  person.say(
    `\n${calls} calls. The report is ${path}.md and ${path}.json; it can be pasted into an issue. What only a person can find out is in server/sandbox/FIDELITY.md.`,
  );
}

/** What is going to happen, before anything does. */
function planOf(settings: ProbeSettings, xero: number, google: number, pauseMs: number): string {
  const time = (calls: number) => `about ${Math.max(1, Math.ceil((calls * pauseMs) / 60_000))} min`;
  return [
    'This asks the real thing what only the sandbox has shown so far. It changes nothing that is yours.',
    settings.xero &&
      `Xero: ${xero} calls at most, all of them reads of one organisation (of the 1,000 or 5,000 a day), ${time(xero)}. You consent to reading; the connection stays until you remove it in Xero.`,
    settings.google &&
      `Google: ${google} calls at most, ${time(google)}, in one spreadsheet of its own, “${SCRATCH_TITLE}”, which it makes and deletes.`,
    'The report holds statuses, names of fields and counts; no value of your books, no name, no token.',
  ]
    .filter(Boolean)
    .join('\n');
}
