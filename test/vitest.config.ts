/** One test run for the whole project: Node tests only; browser tests drive Chromium from inside a test. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    setupFiles: ['test/support/no-outside-traffic.ts'],
    reporters: [['default', { summary: false }], './test/support/reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is polled for comes at once on an idle machine; a busy one is not a failure.
    expect: { poll: { timeout: 20_000 } },
    env: { METADATA_SERVER_DETECTION: 'none' },
  },
});
