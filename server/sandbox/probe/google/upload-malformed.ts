/** What an upload is answered that is none. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const uploadMalformed: Probe<GoogleAsker> = {
  name: 'upload-malformed',
  rules: ['google-upload-malformed'],
  asks: 'A multipart upload with one part.',
  expects: '400.',
  calls: 1,
  async run({ drive }) {
    const { status } = await drive(
      'POST upload files?uploadType=multipart',
      '/upload/drive/v3/files?uploadType=multipart',
      {
        method: 'POST',
        headers: { 'content-type': 'multipart/related; boundary=probe' },
        body: '--probe\r\nContent-Type: application/json\r\n\r\n{"name":"Foliokeep probe"}\r\n--probe--',
      },
    );
    return finding(status === 400, `It is ${status}.`);
  },
};
