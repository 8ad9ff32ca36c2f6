/** Reads tabs back the way any other program would: through the Sheets API, values unformatted. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { controlGoogle } from './sandbox-control.ts';
import type { SandboxReady } from './world.ts';

type Cell = string | number | boolean;

/** A tab as people see it: the header row, and rows by header. */
export interface Tab {
  header: string[];
  rows: Array<Map<string, Cell>>;
}

const tokenSchema = z.object({ accessToken: z.string() });
const sheetsSchema = z.object({
  sheets: z.array(z.object({ properties: z.object({ sheetId: z.int(), title: z.string() }) })),
});
const valuesSchema = z.object({
  valueRanges: z.array(
    z.object({ values: z.array(z.array(z.union([z.string(), z.number(), z.boolean()]))).default([]) }),
  ),
});

/**
 * The tabs of these ids, in their order, in two calls. Asks as `email`, who must be able to read the file and may have to wait for
 * the next minute; tabs are found by their ids, because people rename them.
 */
export async function readTabs(
  sandbox: SandboxReady,
  email: string,
  { spreadsheetId, sheetIds }: { spreadsheetId: string; sheetIds: readonly number[] },
): Promise<Tab[]> {
  const { accessToken } = tokenSchema.parse(
    await controlGoogle(sandbox, { action: 'grantTokens', user: email }),
  );
  const get = async (path: string): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${sandbox.google.origin}/v4/spreadsheets/${spreadsheetId}${path}`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      if (response.ok) return response.json();
      const text = await response.text();
      if (response.status !== 429 || attempt === mostAttempts)
        throw new Error(`Reading the tabs back answered ${response.status}: ${text}`);
      await pause(betweenMs);
    }
  };
  const { sheets } = sheetsSchema.parse(await get('?fields=sheets(properties(sheetId,title))'));
  const ranges = sheetIds.map((sheetId) => {
    const title = sheets.find(({ properties }) => properties.sheetId === sheetId)?.properties.title;
    if (title === undefined) throw new Error(`There is no tab ${sheetId}`);
    return `ranges=${encodeURIComponent(`'${title.replaceAll("'", "''")}'`)}`;
  });
  const { valueRanges } = valuesSchema.parse(
    await get(`/values:batchGet?valueRenderOption=UNFORMATTED_VALUE&${ranges.join('&')}`),
  );
  return valueRanges.map(({ values }) => {
    const header = (values[0] ?? []).map(String);
    return {
      header,
      rows: values.slice(1).map((cells) => new Map(header.map((name, at) => [name, cells[at] ?? '']))),
    };
  });
}

/** Longer than Google's minute, together. */
const mostAttempts = 15;
const betweenMs = 5_000;
