/** A file's bytes: `alt=media`, whole or a range of it, and a spreadsheet's first tab as CSV. */
import type { HttpResponse } from '../../../domain/http-message.ts';
import { GoogleApiError } from '../google-api-error.ts';
import type { Call } from '../respond.ts';
import { rectOf } from '../sheets/edit.ts';
import { readValues } from '../sheets/read-values.ts';
import { shownIn } from '../sheets/sheets-api.ts';
import type { DriveFile, World } from '../world.ts';
import { blobBytes } from './blob.ts';
import { forbidden, invalid } from './drive-errors.ts';

/** `bytes=0-99`, `bytes=100-`, `bytes=-50`; undefined for none, or for several, which are answered whole. */
const readRange = (header: string | undefined, size: number): { from: number; to: number } | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, first = '', last = ''] = match;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (from >= size || from >= to) {
    throw new GoogleApiError('OUT_OF_RANGE', 'Request range not satisfiable', {
      reason: 'requestedRangeNotSatisfiable',
      location: { location: 'Range', locationType: 'header' },
    });
  }
  return { from, to };
};

export const downloadFile = (file: DriveFile, call: Call): HttpResponse => {
  if (file.content.kind !== 'blob') {
    throw forbidden(
      'fileNotDownloadable',
      'Only files with binary content can be downloaded. Use Export with Docs Editors files.',
    );
  }
  const { blob, name } = file.content;
  const range = readRange(call.headers['range'], blob.size);
  const { from, to } = range ?? { from: 0, to: blob.size };
  return {
    status: range ? 206 : 200,
    headers: {
      'content-type': file.mimeType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, max-age=0, must-revalidate',
      ...(range && { 'content-range': `bytes ${from}-${to - 1}/${blob.size}` }),
    },
    body: blobBytes(blob, from, to),
  };
};

const MOST_EXPORTED = 10 * 1024 * 1024;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The first tab as it is shown, as CSV; at most 10 MB. */
export const exportFile = (world: World, file: DriveFile, mimeType: string, name: string): HttpResponse => {
  if (file.content.kind !== 'spreadsheet') {
    throw forbidden('fileNotExportable', 'Export only supports Docs Editors files.');
  }
  if (mimeType !== 'text/csv')
    throw invalid('Exports other than text/csv are not part of the sandbox.', 'mimeType');
  const { spreadsheet } = file.content;
  const [sheet] = spreadsheet.sheets;
  if (!sheet) throw new Error(`${name} has no tab`);
  const range = { sheet, ...rectOf(sheet, {}), isSingleCell: false };
  const { values = [] } = readValues(shownIn(world, spreadsheet), range, {});
  const width = values.reduce((most, row) => Math.max(most, row.length), 0);
  const lines = values.map((row) =>
    Array.from({ length: width }, (_, column) => quoted(String(row[column] ?? ''))).join(','),
  );
  const body = new TextEncoder().encode(lines.join('\r\n'));
  if (body.length > MOST_EXPORTED) {
    throw forbidden('exportSizeLimitExceeded', 'This file is too large to be exported.');
  }
  return { status: 200, headers: { 'content-type': 'text/csv' }, body };
};
