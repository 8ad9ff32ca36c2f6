/** The Keys' contract over every adapter. */
import { join } from 'node:path';
import { keyFile } from '../../server/embedded/key-file.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import { temporaryFolders } from '../support/folders.ts';
import { keysContract } from './keys.contract.ts';

const newFolder = temporaryFolders();

keysContract('keyFile', () => keyFile(join(newFolder(), 'keys.json'), systemRandom()));
