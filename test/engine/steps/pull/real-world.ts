/** The pull step over the sandbox's books, our real client and a real mirror: nothing between them is pretended. */
import { afterAll } from 'vitest';
import { catalogue, needsOf } from '../../../../server/datasets/index.ts';
import type { Json } from '../../../../server/domain/json.ts';
import { pullStep } from '../../../../server/engine/steps/pull/pull-step.ts';
import { openMirror } from '../../../../server/mirror/open-mirror.ts';
import type { XeroReader, XeroRequest } from '../../../../server/ports.ts';
import type { XeroSandboxOptions } from '../../../../server/sandbox/xero/xero-sandbox.ts';
import { xeroClient } from '../../../../server/xero/client.ts';
import { mirrorWorlds } from '../../../mirror/world.ts';
import { caller, ORIGIN } from '../../../sandbox/xero/caller.ts';
import { recordingLog } from '../../../support/recording-log.ts';
import { sandboxNetwork } from '../../../support/sandbox-network.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

export const everyNeed = () => {
  const needs = catalogue.map((dataset) => needsOf(dataset, {}));
  return {
    resources: [...new Set(needs.flatMap(({ resources }) => resources))],
    reports: [...new Set(needs.flatMap(({ reports }) => reports))],
  };
};

/** Call it at the top of a test file. */
export function realWorlds() {
  const worlds = mirrorWorlds();
  const closing: Array<() => void> = [];
  afterAll(() => {
    for (const close of closing) close();
  });
  return async (options: Partial<XeroSandboxOptions> = {}, organisation = 0) => {
    const { sandbox, clock, tokens, tenantIds } = await caller(options);
    const organisationId = tenantIds[organisation] ?? '';
    const now = { now: clock.now, sleep: async () => undefined };
    const client = xeroClient(
      { network: sandboxNetwork(sandbox), clock: now, random: seededRandom(1) },
      { apiOrigin: ORIGIN },
    );
    const calls: XeroRequest[] = [];
    const inFlight = { now: 0, most: 0 };
    const xeroReader: XeroReader = {
      async read(_connection, request) {
        calls.push(request);
        inFlight.now += 1;
        inFlight.most = Math.max(inFlight.most, inFlight.now);
        try {
          return await client.read(
            { accessToken: tokens.access_token, organisationId },
            request,
            () => undefined,
          );
        } finally {
          inFlight.now -= 1;
        }
      },
    };
    const ports = worlds.ports();
    const { store } = ports;
    if ('close' in store) closing.push(() => (store as { close(): void }).close());
    const step = pullStep(
      { ...ports, clock: now, log: recordingLog(), xeroReader, openMirror: (ref) => openMirror(ports, ref) },
      { gatherMs: 0 },
    );
    const mirror = await openMirror(ports, { teamId: 't', organisationId, pullerConnectionId: 'c' });
    let runs = 0;
    return {
      sandbox,
      clock,
      mirror,
      calls,
      inFlight,
      organisationId,
      async pull(needs: { resources: string[]; reports: string[] }) {
        clock.advance(1_000);
        const counters = { xeroCalls: 0, xeroBytes: 0, units: 0 };
        const input = { ...needs, connectionId: 'c', organisationId, teamId: 't' };
        const requestedAt = clock.now();
        runs += 1;
        for (let checkpoint: Json = null; ; ) {
          clock.advance(20);
          const outcome = await step.advance(input, checkpoint, {
            runId: `r${runs}`,
            teamId: 't',
            exporterId: 'e',
            requestedAt,
            trigger: 'manual',
            signal: new AbortController().signal,
            fencing: 1,
            guard: async () => undefined,
            report: () => undefined,
          });
          counters.xeroCalls += outcome.counters?.xeroCalls ?? 0;
          counters.xeroBytes += outcome.counters?.xeroBytes ?? 0;
          counters.units += 1;
          if (outcome.kind === 'done') return { ...counters, gaps: outcome.gaps ?? [] };
          checkpoint = JSON.parse(JSON.stringify(outcome.checkpoint)) as Json;
        }
      },
    };
  };
}
