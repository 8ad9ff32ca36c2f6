/** The server on one machine, by the environment and the machine's own clock. */
import { systemClock } from './embedded/system-clock.ts';
import { serveHere } from './serve-here.ts';

await serveHere({ environment: process.env, clock: systemClock() });
