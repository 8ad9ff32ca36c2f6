/** The fields that masks may name are those of the published messages, no more and no fewer. */
import { expect, it } from 'vitest';
import { fileTree } from '../../../server/sandbox/google/drive/file-json.ts';
import type { FieldTree } from '../../../server/sandbox/google/field-mask.ts';
import { spreadsheetTree } from '../../../server/sandbox/google/sheets/field-trees.ts';
import { publishedTypes } from './published-types.ts';

it.each([
  ['sheets', 'v4', 'Spreadsheet', spreadsheetTree],
  ['drive', 'v3', 'File', fileTree],
] as const)('of %s %s %s [google-mask-names]', async (api, version, message, tree) => {
  const types = await publishedTypes(api, version);
  const differences = (own: FieldTree, name: string, at: string): string[] => {
    const published = new Map(types.fieldsOf(name).map((field) => [field.name, field]));
    const missing = [...published.keys()]
      .filter((field) => !(field in own))
      .map((field) => `no ${at}.${field}`);
    const deeper = Object.entries(own).flatMap(([field, child]) => {
      const known = published.get(field);
      if (!known) return [`invented ${at}.${field}`];
      return child === true || known.message === undefined
        ? []
        : differences(child, known.message, `${at}.${field}`);
    });
    return [...missing, ...deeper];
  };
  expect(types.fieldsOf(message).length).toBeGreaterThan(5);
  expect(differences(tree, message, message)).toEqual([]);
});
