/** Resident memory of a process and all its descendants together, sampled from /proc (Linux). */
import { readFile } from 'node:fs/promises';

export interface MemoryWatch {
  /** Highest sum seen so far, in megabytes of 1,000,000 bytes. */
  peakMb(): number;
  stop(): void;
}

/** Looks every 200 ms; a process that ends between two looks counts as nothing. */
export function watchMemory(pid: number): MemoryWatch {
  let peakKib = 0;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    peakKib = Math.max(peakKib, await residentKib(pid));
    if (!isOver) timer = setTimeout(() => void look(), 200);
  };
  void look();
  return {
    peakMb: () => (peakKib * 1024) / 1_000_000,
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

async function residentKib(pid: number): Promise<number> {
  const own = Number(/^VmRSS:\s+(\d+)/m.exec(await readOrNothing(`/proc/${pid}/status`))?.[1] ?? 0);
  const children = (await readOrNothing(`/proc/${pid}/task/${pid}/children`)).trim();
  const sums = await Promise.all(
    children
      .split(' ')
      .filter((child) => child !== '')
      .map((child) => residentKib(Number(child))),
  );
  return sums.reduce((sum, kib) => sum + kib, own);
}

async function readOrNothing(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}
