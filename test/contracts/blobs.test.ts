/** The Blobs' contract over every adapter, bare and wrapped. */
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { temporaryFolders } from '../support/folders.ts';
import { blobsContract } from './blobs.contract.ts';

const newFolder = temporaryFolders();

blobsContract('diskBlobs', () => diskBlobs(newFolder()));
