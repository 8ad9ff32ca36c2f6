/** `node test/fidelity/write-table.ts`: makes the table of fidelity anew. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentTable, ROOT } from './read-table.ts';
import { TABLE_PATH } from './table.ts';

await writeFile(join(ROOT, TABLE_PATH), await currentTable());
