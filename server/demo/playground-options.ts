/** The flags of `npm start`, and whether the port can be had, said in one sentence when not. */
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

export interface PlaygroundFlags {
  /** 0 takes any that is free. */
  port: number;
  size: 'small' | 'medium';
  log: string;
}

const usage = 'Use npm start -- [--port 8080] [--size small|medium] [--log warn].';

/** A sentence when a flag is wrong. */
export function readPlaygroundOptions(args: string[]): PlaygroundFlags | string {
  let values: { port: string; size: string; log: string };
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8080' },
        size: { type: 'string', default: 'small' },
        log: { type: 'string', default: 'warn' },
      },
    }));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return `${error.message.split('. ')[0]}. ${usage}`;
  }
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) return `--port takes a number up to 65535. ${usage}`;
  if (values.size !== 'small' && values.size !== 'medium') return `--size takes small or medium. ${usage}`;
  return { port, size: values.size, log: values.log };
}

export const takenPort = (port: number): string =>
  `Port ${port} is taken by another program. Choose another one: npm start -- --port ${port < 65_525 ? port + 10 : 8090}`;

export async function isPortFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return false;
    throw error;
  }
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return true;
}
