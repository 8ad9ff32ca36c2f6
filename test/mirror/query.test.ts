/** The query engine: private folders, limits, children that die, and questions beside slow readers. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { leanMalloc } from '../../server/mirror/lean-malloc.ts';
import type { RowBatch } from '../../server/mirror/mirror.ts';
import { openQueryEngine, type QueryEngine } from '../../server/mirror/query.ts';
import type { Question } from '../../server/mirror/query-protocol.ts';
import { textPlan } from '../../server/mirror/read-records.ts';
import { readSpool } from '../../server/mirror/spool.ts';
import { temporaryFolders } from '../support/folders.ts';
import { recordingLog } from '../support/recording-log.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const newFolder = temporaryFolders();
const engines: QueryEngine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

function engineIn(
  folder = join(newFolder(), 'query'),
  clock = systemClock(),
  memoryLimitMb = 128,
): QueryEngine {
  const engine = openQueryEngine({ folder, memoryLimitMb, timeoutMs: 5_000, clock, log: recordingLog() });
  engines.push(engine);
  return engine;
}

const question = (
  sql: string,
  folder: string,
  cage: { sql: string; mostRows: number } | null = null,
): Question => ({
  ...textPlan(sql, 1, 0),
  kind: 'rows',
  cage,
  spool: join(folder, 'spool'),
});

const batches = (
  engine: QueryEngine,
  sql: string,
  cage: { sql: string; mostRows: number } | null = null,
): AsyncIterable<RowBatch> =>
  engine.ask(
    (folder) => Promise.resolve(question(sql, folder, cage)),
    (folder) => readSpool(join(folder, 'spool')),
  );

async function ask(
  engine: QueryEngine,
  sql: string,
  cage: { sql: string; mostRows: number } | null = null,
): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const batch of batches(engine, sql, cage)) rows.push(...batch.rows.flat());
  return rows;
}

const endless =
  'select cast(count(*) as varchar) as c0 from range(100000000000) a, range(1000) b where a.range % 7 = b.range';

describe('openQueryEngine', () => {
  it('removes what was in its folder at start, keeps others out of it, and removes it at the end', async () => {
    const folder = join(newFolder(), 'query');
    mkdirSync(join(folder, 'q-left'), { recursive: true });
    writeFileSync(join(folder, 'q-left', 'segment.parquet'), 'plain');
    const engine = engineIn(folder);
    expect(readdirSync(folder)).toEqual([]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const modes: number[] = [];
    const rows = engine.ask(
      (place) => {
        modes.push(statSync(place).mode & 0o777);
        return Promise.resolve(question("select 'x' as c0", place));
      },
      (place) => readSpool(join(place, 'spool')),
    );
    for await (const batch of rows) {
      expect(batch.rows).toEqual([['x']]);
      expect(readdirSync(folder)).toHaveLength(1);
    }
    expect(modes).toEqual([0o700]);
    expect(readdirSync(folder)).toEqual([]);
    await engine.close();
    await engine.close();
    expect(existsSync(folder)).toBe(false);
    await expect(ask(engine, "select 'x' as c0")).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('keeps its child warm, and gives it none of the environment', async () => {
    const engine = engineIn();
    await ask(engine, "select 'x' as c0");
    const pid = engine.childPid;
    await ask(engine, "select 'y' as c0");
    expect(engine.childPid).toBe(pid);
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    expect(
      environment.split('\0').filter((entry) => entry !== '' && !entry.startsWith('NODE_CHANNEL')),
    ).toEqual(['TZ=UTC', ...Object.entries(leanMalloc).map(([name, value]) => `${name}=${value}`)]);
  });

  it('sees nothing outside the folder of the question', async () => {
    const other = newFolder();
    writeFileSync(join(other, 'a.csv'), 'a\n1\n');
    const engine = engineIn();
    const leave = `select cast(count(*) as varchar) as c0 from read_csv('${other}/a.csv')`;
    await expect(ask(engine, leave)).rejects.toMatchObject({ code: 'QUERY_FAILED' });
    await expect(ask(engine, `select name as c0 from glob('${other}/*')`)).rejects.toMatchObject({
      code: 'QUERY_FAILED',
    });
  });

  it('lets others ask while a slow reader holds an answer', async () => {
    const engine = engineIn();
    const slow = batches(engine, 'select cast(range as varchar) as c0 from range(10000)')[
      Symbol.asyncIterator
    ]();
    await slow.next();
    expect(await ask(engine, "select 'x' as c0")).toEqual(['x']);
    let rest = 0;
    for (let next = await slow.next(); next.done !== true; next = await slow.next())
      rest += next.value.rows.length;
    expect(rest).toBe(10000 - 2048);
  });

  it('answers questions asked at once, each with its own rows', async () => {
    const engine = engineIn();
    const asked = Array.from({ length: 5 }, (_, at) => ask(engine, `select '${at}' as c0`));
    expect(await Promise.all(asked)).toEqual([['0'], ['1'], ['2'], ['3'], ['4']]);
  });

  it('asks again when the child was killed in the middle, and fails when that happens twice', async () => {
    const engine = engineIn();
    await ask(engine, "select 'x' as c0");
    const kill = async (): Promise<void> => {
      const pid = engine.childPid;
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      while (engine.childPid === pid || engine.childPid === undefined)
        await new Promise((resolve) => setImmediate(resolve));
    };
    const slow = ask(
      engine,
      'select cast(sum(a.range) as varchar) as c0 from range(200000) a, range(2000) b',
    );
    await kill();
    expect(await slow).toEqual(['39999800000000']);
    const doomed = ask(engine, endless);
    const failure = expect(doomed).rejects.toMatchObject({ code: 'QUERY_FAILED' });
    await kill();
    process.kill(engine.childPid ?? 0, 'SIGKILL');
    await failure;
    expect(await ask(engine, "select 'x' as c0")).toEqual(['x']);
  });

  it("ends a person's query that takes too long, and ours after a second try", async () => {
    const clock = virtualClock();
    const engine = engineIn(undefined, clock);
    const late = async (act: Promise<unknown>): Promise<unknown> => {
      let outcome: unknown;
      const settled = act.catch((error: unknown) => {
        outcome = error;
      });
      while (outcome === undefined) {
        await new Promise((resolve) => setImmediate(resolve));
        if (clock.sleepers() > 0) await clock.advance(5_000);
      }
      await settled;
      return outcome;
    };
    const saved = { sql: endless, mostRows: 10 };
    expect(await late(ask(engine, 'select c0 from saved', saved))).toMatchObject({
      code: 'QUERY_LIMIT',
      details: { limit: '5 seconds' },
    });
    expect(await late(ask(engine, endless))).toMatchObject({ code: 'QUERY_FAILED' });
    const answer = ask(engine, "select 'x' as c0");
    expect(await answer).toEqual(['x']);
  });

  it('says nothing of a record in the error of a failed query', async () => {
    const engine = engineIn();
    const failure = await ask(engine, `select json_extract_string('{"secret name"', '$.a') as c0`).catch(
      (error: unknown) => error,
    );
    expect((failure as Error).message).toBe('The records could not be read from the mirror.');
    expect(String((failure as Error).cause)).toMatch(/Malformed JSON[^"]*$/);
  });

  it('reports a spool that ends inside a frame', async () => {
    const path = join(newFolder(), 'spool');
    writeFileSync(path, Buffer.from([0, 0, 0, 9, 0x7b]));
    chmodSync(path, 0o600);
    const read = async () => {
      for await (const batch of readSpool(path)) void batch;
    };
    await expect(read()).rejects.toThrow('inside a frame');
  });
});
