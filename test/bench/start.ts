/** P15: how long it takes until our server is loaded, beside a Node that does nothing and beside the SDKs that others load. */
import { type Bench, median, rounded } from './bench.ts';
import { inProcess } from './in-process.ts';

const rounds = 7;
const stacks = {
  empty: [],
  ours: ['server/serve-here.ts'],
  sdk: ['xero-node', '@googleapis/sheets', '@googleapis/drive', 'google-auth-library', 'express'],
} as const;
type Stack = keyof typeof stacks;

export const startBench: Bench = {
  name: 'start',
  async run() {
    const taken: Record<Stack, number[]> = { empty: [], ours: [], sdk: [] };
    let hasSdk = false;
    for (let round = 0; round < rounds; round += 1)
      for (const stack of ['empty', 'ours', 'sdk'] as const) {
        const said = await inProcess<{ cpuMs: number; hasSdk: boolean }>('load-stack.ts', stacks[stack]);
        taken[stack].push(said.cpuMs);
        hasSdk ||= stack === 'ours' && said.hasSdk;
      }
    const [empty, ours, sdk] = [median(taken.empty), median(taken.ours), median(taken.sdk)];
    return [
      {
        bench: 'P15 start of the server',
        value: rounded(ours, 0),
        unit: `CPU ms until it is loaded${hasSdk ? ', with xero-node in it' : ''}`,
        versus: `a Node that loads nothing (${rounded(empty, 0)} ms)`,
        ratio: rounded(ours / empty),
        goal: { atMost: 7 },
      },
      {
        bench: 'P15 start beside the SDKs',
        value: rounded(ours, 0),
        unit: 'CPU ms until it is loaded',
        versus: `xero-node, @googleapis/sheets and drive, express (${rounded(sdk, 0)} ms)`,
        ratio: rounded(ours / sdk),
      },
    ];
  },
};
