/** Mail kept as files beside being sent or printed: for one machine, where people look at what would have been sent. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids, Mail } from '../ports.ts';

/** So many are kept; the oldest go. */
const mostKept = 200;

/** Each message as one text file in `folder`, named in the order of time; only the owner may read it. */
export const keptMail = (mail: Mail, folder: string, ids: Ids): Mail => ({
  async send(message, signal) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { to, subject, text, id } = message;
    const head = [
      `To: ${oneLine(to)}`,
      `Subject: ${oneLine(subject)}`,
      ...(id === undefined ? [] : [`Message-ID: <${id}>`]),
    ];
    await writeFile(join(folder, `${ids.next()}.txt`), `${head.join('\n')}\n\n${text.trimEnd()}\n`, {
      mode: 0o600,
    });
    const files = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
    for (const old of files.slice(0, -mostKept)) await rm(join(folder, old), { force: true });
    await mail.send(message, signal);
  },
});

const oneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ');
