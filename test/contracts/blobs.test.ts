/** The Blobs' contract over every adapter, bare and wrapped. */
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { withEncryption } from '../../server/wrappers/with-encryption.ts';
import { temporaryFolders } from '../support/folders.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { blobsContract } from './blobs.contract.ts';

const newFolder = temporaryFolders();

blobsContract('diskBlobs', () => diskBlobs(newFolder()));

blobsContract('memoryBlobs', () => memoryBlobs());

blobsContract('diskBlobs with encryption', () => {
  const random = seededRandom();
  const key = random.bytes(32);
  return withEncryption(diskBlobs(newFolder()), async () => key, random);
});
