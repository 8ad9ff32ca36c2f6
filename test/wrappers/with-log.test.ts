/** What the log is told of a call, and what it never is. */
import { expect, test } from 'vitest';
import { RetryError, UserError } from '../../server/errors.ts';
import { withLog } from '../../server/wrappers/with-log.ts';
import { scriptedPort } from '../support/failing-port.ts';
import { recordingLog } from '../support/recording-log.ts';

test('method, duration and outcome are told; arguments, answers and messages are not', async () => {
  let now = 0;
  const clock = { now: () => (now += 7), sleep: async () => undefined };
  const log = recordingLog();
  const port = withLog(
    scriptedPort(
      's3cret answer',
      new UserError('CONFLICT', { what: 's3cret' }),
      new RetryError('NETWORK', { problem: 's3cret' }),
      new Error('s3cret bug'),
    ),
    'things',
    log,
    clock,
  );
  expect(await port.act('s3cret argument')).toBe('s3cret answer');
  for (let count = 0; count < 3; count += 1) await expect(port.act('s3cret')).rejects.toThrow();
  const common = { port: 'things', method: 'act', durationMs: 7 };
  expect(log.entries.map(({ level, fields }) => [level, fields])).toEqual([
    ['debug', { ...common, outcome: 'ok' }],
    ['debug', { ...common, outcome: 'failed', code: 'CONFLICT' }],
    ['warn', { ...common, outcome: 'failed', code: 'NETWORK' }],
    ['warn', { ...common, outcome: 'failed', code: 'UNKNOWN' }],
  ]);
  expect(JSON.stringify(log.entries)).not.toContain('s3cret');
  expect(port.now()).toBe(42);
});
