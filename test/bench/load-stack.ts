/** Loads modules in a process of its own and says what the whole process has cost by then. Paths are of the project; other names are packages. */
import { createRequire } from 'node:module';

for (const name of process.argv.slice(2))
  await import(name.startsWith('server/') ? new URL(`../../${name}`, import.meta.url).href : name);
const { user, system } = process.cpuUsage();
const loaded = Object.keys(createRequire(import.meta.url).cache);
const hasSdk = loaded.some((path) => /node_modules\/xero-node\//.test(path));
process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1_000, hasSdk })}\n`);
process.exit(0);
