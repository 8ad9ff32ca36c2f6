/** What people made of their tabs besides cells: a batch of ours leaves protections, names, merges, filters, formats and order as they are (I4). */
import type { HttpRequest } from '../../../server/domain/http-message.ts';
import type { SpreadsheetDump } from '../../../server/sandbox/google/control/dump.ts';
import type { Wire } from './lab-network.ts';
import type { LabWorld } from './lab-world.ts';
import type { Life } from './life.ts';

export const withStructureGuard = ({ google, watch }: LabWorld, wire: Wire): Wire => ({
  ...wire,
  async exchange(request: HttpRequest, life: Life) {
    const spreadsheetId = /\/spreadsheets\/([^/:?]+)(?:\/values)?:batchUpdate/.exec(request.url)?.[1];
    if (request.method !== 'POST' || spreadsheetId === undefined) return wire.exchange(request, life);
    const before = structureOf(google.control.dump(spreadsheetId));
    try {
      return await wire.exchange(request, life);
    } finally {
      const known = new Set(before.map(({ sheetId }) => sheetId));
      const after = structureOf(google.control.dump(spreadsheetId)).filter(({ sheetId }) =>
        known.has(sheetId),
      );
      for (const [at, { sheetId, text }] of before.entries()) {
        if (after[at]?.sheetId === sheetId && after[at]?.text === text) continue;
        watch.violate(
          'I4',
          `our write changed a tab: ${text.slice(0, 300)} became ${after[at]?.text.slice(0, 300)}`,
        );
        break;
      }
    }
  },
});

/** Of everything but staging tabs, in the order of the tabs. */
function structureOf(dump: SpreadsheetDump): Array<{ sheetId: number; text: string }> {
  const tabs = dump.sheets
    .filter(({ title, hidden }) => !(hidden && /staging/i.test(title)))
    .map(({ sheetId, title, hidden, frozenRowCount, merges, ...more }) => {
      const { basicFilter, protectedRanges, conditionalFormats, filterViews } = more;
      const kept = { title, hidden, frozenRowCount, merges, basicFilter, protectedRanges };
      return { sheetId, text: JSON.stringify({ ...kept, conditionalFormats, filterViews }) };
    });
  return [...tabs, { sheetId: -1, text: JSON.stringify(dump.namedRanges) }];
}
