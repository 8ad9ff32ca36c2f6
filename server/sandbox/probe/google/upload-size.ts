/** What an upload is answered that turns out another size than promised; no file is made. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, notAsked, type Probe } from '../probe.ts';

export const uploadSize: Probe<GoogleAsker> = {
  name: 'upload-size',
  rules: ['google-upload-size'],
  asks: 'An upload that promises 20 bytes and sends 10 as all. Were it taken, the file is deleted.',
  expects: '400.',
  calls: 3,
  async run({ drive }) {
    const begun = await drive(
      'POST upload files?uploadType=resumable',
      '/upload/drive/v3/files?uploadType=resumable',
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-upload-content-type': 'application/octet-stream',
          'x-upload-content-length': '20',
        },
        body: '{"name":"Foliokeep probe (never finished)"}',
      },
    );
    const address = begun.headers['location'];
    if (address === undefined) return notAsked(`No upload was begun: ${begun.status}.`);
    const headers = { 'content-range': 'bytes 0-9/10' };
    const sent = await drive('PUT {upload} of 10 bytes', address, {
      method: 'PUT',
      headers,
      body: new Uint8Array(10),
    });
    await drive('DELETE {upload}', address, { method: 'DELETE' });
    return finding(sent.status === 400, `It is ${sent.status}.`);
  },
};
