/** Reads a tab back the way any other program would: through the Sheets API, values unformatted. */
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
  values: z.array(z.array(z.union([z.string(), z.number(), z.boolean()]))).default([]),
});

/** Asks as `email`, who must be able to read the file; the tab is found by its id, because people rename tabs. */
export async function readTab(
  sandbox: SandboxReady,
  email: string,
  place: { spreadsheetId: string; sheetId: number },
): Promise<Tab> {
  const { accessToken } = tokenSchema.parse(
    await controlGoogle(sandbox, { action: 'grantTokens', user: email }),
  );
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${sandbox.google.origin}/v4/spreadsheets/${place.spreadsheetId}${path}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    if (!response.ok)
      throw new Error(`Reading the tab back answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const { sheets } = sheetsSchema.parse(await get('?fields=sheets(properties(sheetId,title))'));
  const title = sheets.find(({ properties }) => properties.sheetId === place.sheetId)?.properties.title;
  if (title === undefined) throw new Error(`There is no tab ${place.sheetId}`);
  const range = encodeURIComponent(`'${title.replaceAll("'", "''")}'`);
  const { values } = valuesSchema.parse(await get(`/values/${range}?valueRenderOption=UNFORMATTED_VALUE`));
  const header = (values[0] ?? []).map(String);
  return {
    header,
    rows: values.slice(1).map((cells) => new Map(header.map((name, at) => [name, cells[at] ?? '']))),
  };
}
