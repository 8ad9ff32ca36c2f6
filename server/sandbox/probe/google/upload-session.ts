/** How a resumable upload counts its bytes; nothing is ever finished, so that no file is made. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, notAsked, type Probe } from '../probe.ts';

export const uploadSession: Probe<GoogleAsker> = {
  name: 'upload-session',
  rules: ['google-upload-units', 'google-upload-offsets', 'google-upload-address', 'google-upload-ends'],
  asks: 'An upload begun; 256 KiB and 100 bytes as its first piece, without a token; a piece behind a gap; the upload cancelled; and its address again.',
  expects: '308 with 256 KiB kept; 400 for the gap; 499; and 499 or 404 from then on.',
  calls: 5,
  async run({ drive }) {
    const total = 1024 * 1024;
    const begun = await drive(
      'POST upload files?uploadType=resumable',
      '/upload/drive/v3/files?uploadType=resumable',
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-upload-content-type': 'application/octet-stream',
          'x-upload-content-length': String(total),
        },
        body: '{"name":"Foliokeep probe (never finished)"}',
      },
    );
    const address = begun.headers['location'];
    if (address === undefined) return notAsked(`No upload was begun: ${begun.status}.`);
    const put = (asked: string, from: number, length: number) =>
      drive(
        asked,
        address,
        {
          method: 'PUT',
          headers: { 'content-range': `bytes ${from}-${from + length - 1}/${total}` },
          body: new Uint8Array(length),
        },
        true,
      );
    const first = await put('PUT {upload} its first piece', 0, 262_144 + 100);
    const kept = first.headers['range'] ?? 'nothing';
    const gap = await put('PUT {upload} behind a gap', 786_432, 262_144);
    const cancelled = await drive('DELETE {upload}', address, { method: 'DELETE' }, true);
    const after = await put('PUT {upload} after its end', 262_144, 262_144);
    return finding(
      first.status === 308 &&
        kept === 'bytes=0-262143' &&
        gap.status === 400 &&
        cancelled.status === 499 &&
        [404, 410, 499].includes(after.status),
      `First piece ${first.status}, kept ${kept}; gap ${gap.status}; cancelled ${cancelled.status}; then ${after.status}.`,
    );
  },
};
