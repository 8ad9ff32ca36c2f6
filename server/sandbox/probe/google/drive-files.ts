/** What Drive makes of a copy, and of a body with fields that only Google writes. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const driveFiles: Probe<GoogleAsker> = {
  name: 'drive-files',
  rules: ['google-drive-copy', 'google-drive-writable'],
  asks: 'A copy of the scratch spreadsheet, which is deleted too; and a file wanted with "version": "7".',
  expects: '200 and the name “Copy of …”; 403 fieldNotWritable.',
  calls: 2,
  async run({ drive, scratch }) {
    const json = { 'content-type': 'application/json' };
    const copied = await drive('POST files/{scratch}/copy', `/drive/v3/files/${scratch()}/copy`, {
      method: 'POST',
      headers: json,
      body: '{}',
    });
    const body =
      '{"name":"Foliokeep probe","mimeType":"application/vnd.google-apps.spreadsheet","version":"7"}';
    const wanted = await drive('POST files with a version', '/drive/v3/files', {
      method: 'POST',
      headers: json,
      body,
    });
    const isNamed = String(copied.json['name'] ?? '').startsWith('Copy of ');
    return finding(
      copied.status === 200 && isNamed && wanted.status === 403 && wanted.text.includes('fieldNotWritable'),
      `The copy is ${copied.status}${isNamed ? ', “Copy of …”' : ''}; the other ${wanted.status}.`,
    );
  },
};
