/** Puts blobs until it is killed, and prints the path of each once it is acknowledged. */
import './end-with-parent.ts';
import { diskBlobs } from '../../../server/embedded/disk-blobs.ts';

const [folder = '', worker = ''] = process.argv.slice(2);
const blobs = diskBlobs(folder);
for (let count = 1; ; count += 1) {
  const path = `${worker}/${count % 7}/${count}`;
  await blobs.put(path, new Uint8Array(300_000).fill(count & 255));
  process.stdout.write(`${path}\n`);
}
