/** Mail of a machine without a mail server: printed, and kept where its owner alone reads it. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keptMailText } from '../../server/demo/kept-mail-text.ts';
import { consoleMail } from '../../server/embedded/console-mail.ts';
import { keptMail } from '../../server/embedded/kept-mail.ts';
import { temporaryFolders } from '../support/folders.ts';
import { seededIds } from '../support/seeded-random.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const folder = temporaryFolders();

it('is printed and kept, the newest two hundred, newest first to read', async () => {
  const clock = virtualClock();
  const kept = join(folder(), 'mail');
  const printed: string[] = [];
  const mail = keptMail(
    consoleMail((text) => void printed.push(text)),
    kept,
    seededIds(clock),
  );
  expect(await keptMailText(kept)).toContain('No mail yet');
  for (let number = 1; number <= 203; number += 1) {
    await mail.send({
      to: 'a@example.com',
      subject: `Number ${number}\nBcc: x`,
      text: 'Text.',
      id: `${number}@x`,
    });
    await clock.advance(1);
  }
  expect(printed).toHaveLength(203);
  const files = (await readdir(kept)).sort();
  expect(files).toHaveLength(200);
  const first = join(kept, files[0] ?? '');
  expect(await readFile(first, 'utf8')).toBe(
    'To: a@example.com\nSubject: Number 4 Bcc: x\nMessage-ID: <4@x>\n\nText.\n',
  );
  expect((await stat(first)).mode & 0o777).toBe(0o600);
  expect((await keptMailText(kept)).match(/Number \d+/g)?.slice(0, 2)).toEqual(['Number 203', 'Number 202']);
});
