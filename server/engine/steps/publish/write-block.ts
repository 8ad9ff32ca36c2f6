/** Sends the batch that makes a block what it should be, stamped, unless a protection forbids it. */
import { protectedFrom } from '../../../domain/cell-limit.ts';
import { rangeName } from '../../../domain/spreadsheet.ts';
import { stampText, withStamp } from '../../../domain/stamp.ts';
import { UserError } from '../../../errors.ts';
import type { Publishing } from './publishing.ts';
import { firstCell, publishingBatch, remainder } from './publishing-batch.ts';
import type { Contents } from './small-write.ts';
import type { Survey } from './survey.ts';

/**
 * `note`: as it stands on the first cell; `putBack`: cells that the stamp names. False when Google refused the batch: another wrote
 * first, or rows or columns moved since the look. UserError `RANGE_PROTECTED` with the account and the place.
 */
export async function writeBlock(
  publishing: Publishing,
  seen: Survey,
  { requests, cells, ranges }: Contents,
  { note, putBack }: { note: string; putBack: readonly string[] },
): Promise<boolean> {
  const { ports, context, exporterId, exporter, spreadsheetId, grantId, wanted } = publishing;
  const { placement, layout, block, generation } = seen;
  const touched = [...ranges, ...remainder(placement), firstCell(placement)];
  const refused = block && protectedFrom(block.tab, touched);
  if (refused) await refuseProtected(publishing, rangeName(placement.title, refused));
  const connection = await ports.store.get('connections', exporter.connectionId);
  const stamp = stampText({
    at: ports.clock.now(),
    timeZone: layout.timeZone,
    rows: wanted.rows,
    organisation: connection?.data.name ?? '',
    putBack,
  });
  const batch = publishingBatch({
    exporterId,
    survey: seen,
    write: { generation, runId: context.runId, rows: wanted.rows, cells, rowsHash: wanted.hash },
    contents: requests,
    note: withStamp(note, stamp),
  });
  context.report({ what: 'Writing rows', done: 0, total: wanted.rows });
  await context.guard();
  try {
    return (await ports.sheets.apply(grantId, spreadsheetId, batch)) === 'applied';
  } catch (error) {
    if (error instanceof UserError && error.code === 'RANGE_PROTECTED') {
      await refuseProtected(publishing, placement.title);
    }
    throw error;
  }
}

async function refuseProtected({ ports, grantId }: Publishing, where: string): Promise<never> {
  const grant = await ports.store.get('grants', grantId);
  throw new UserError('RANGE_PROTECTED', { account: grant?.data.email ?? 'this account', where });
}
