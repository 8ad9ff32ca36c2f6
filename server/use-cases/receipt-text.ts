/** The receipt of a deletion as a text that people keep: what there was, when it went, and which key was destroyed. */
import type { Receipt } from '../domain/deletion.ts';

export function receiptText(id: string, receipt: Receipt, requestedBy: string): string {
  const { erased } = receipt;
  const at = (ms: number): string => new Date(ms).toISOString();
  const lines: Array<[string, string]> = [
    ['Receipt', id],
    ['Organisation', receipt.name],
    ['Xero’s id of it', receipt.organisationId],
    ['Asked for by', requestedBy],
    ['Asked for at', at(receipt.requestedAt)],
    ['Erasing begun at', at(receipt.begunAt)],
    ['Erased at', at(receipt.erasedAt)],
    ['Files of the mirror', `${erased.files} with ${erased.bytes} bytes`],
    ['Snapshots', String(erased.snapshots)],
    ['Exporters', String(erased.exporters)],
    ['Runs', String(erased.runs)],
    ['Data key destroyed', receipt.keyId ?? 'there was none: nothing had been read'],
    ['Connections that could not be removed at Xero', String(receipt.leftAtXero)],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return [
    'Foliokeep: data deleted for good',
    '',
    ...lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    '',
    'Nothing of this organisation’s records is left in Foliokeep’s store or files, and the key that',
    'they were encrypted with is gone. Tabs in your spreadsheets were not touched. Copies that you',
    'keep of Foliokeep’s folder (backups) hold the key and the files until you remove them.',
    '',
  ].join('\n');
}
