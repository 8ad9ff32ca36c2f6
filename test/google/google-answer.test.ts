import { describe, expect, test } from 'vitest';
import { meaningOf, safeProblem } from '../../server/google/google-answer.ts';

const says = (status: number, message = '', ...reasons: string[]) => meaningOf({ status, message, reasons });

describe('what a refusal of Google means', () => {
  test.each([
    [401, '', 'token-refused'],
    [429, '', 'quota'],
    [403, "Quota exceeded for quota metric 'Write requests'", 'quota'],
    [403, 'Request had insufficient authentication scopes.', 'grant-too-narrow'],
    [403, 'The caller does not have permission', 'needs-file'],
    [403, 'Google Sheets API has not been used in project 1 before or it is disabled', 'refused'],
    [404, 'Requested entity was not found.', 'needs-file'],
    [
      400,
      'Invalid requests[0].createDeveloperMetadata: Cannot add developer metadata with ID [5] because developer metadata with that ID already exists.',
      'overtaken',
    ],
    [
      400,
      'You are trying to edit a protected cell or object. Please contact the spreadsheet owner',
      'protected',
    ],
    [
      400,
      'This action would increase the number of cells in the workbook above the limit of 10000000 cells.',
      'cell-limit',
    ],
    [400, 'Your input contains more than the maximum of 50000 characters in a single cell.', 'cell-too-long'],
    [400, 'Invalid requests[3].updateCells: No grid with id: 7', 'changed'],
    [
      400,
      'Invalid requests[0].addSheet: A sheet with the name "Data" already exists. Please enter another name.',
      'changed',
    ],
    [400, 'GridRange.endRowIndex[9] is after last row in grid[5]', 'changed'],
    [400, 'Invalid JSON payload received.', 'refused'],
    [408, '', 'unavailable'],
    [409, '', 'unavailable'],
    [500, '', 'unavailable'],
    [503, '', 'unavailable'],
    [0, '', 'unavailable'],
    [418, '', 'refused'],
  ])('%i %s', (status, message, meaning) => {
    expect(says(status, message)).toBe(meaning);
  });

  test('is a full storage, which no waiting mends', () => {
    expect(says(403, "The user's Drive storage quota has been exceeded.", 'storageQuotaExceeded')).toBe(
      'storage-full',
    );
  });

  test('is a quota by its reason too', () => {
    expect(says(403, '', 'PERMISSION_DENIED', 'userRateLimitExceeded')).toBe('quota');
    expect(says(403, '', 'RESOURCE_EXHAUSTED')).toBe('quota');
  });

  test('is told without anything that was sent', () => {
    const message = 'Invalid value at \'requests[3].updateCells.rows[0]\' (string), "Tāmaki Wholesale"';
    expect(safeProblem({ status: 400, message, reasons: ['INVALID_ARGUMENT'] })).toBe(
      'INVALID_ARGUMENT at requests[3].updateCells',
    );
    expect(safeProblem({ status: 418, message: 'secret', reasons: [] })).toBe('status 418');
  });
});
