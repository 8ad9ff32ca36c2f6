/** Drive's `q`: the clauses that the sandbox reads, joined by `and`. */
import { GoogleApiError } from '../google-api-error.ts';
import { type DriveFile, fileName } from '../world.ts';

const CLAUSE =
  /^(?:(name|mimeType) *(=|!=|contains) *'((?:[^'\\]|\\.)*)'|trashed *= *(true|false)|'([^']+)' in parents)$/;

/** A test for the files that `q` selects; 400 for a clause it does not know. */
export const matcher = (q: string): ((file: DriveFile) => boolean) => {
  const tests = q
    .split(/ and /)
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => {
      const match = CLAUSE.exec(text);
      if (!match) {
        throw new GoogleApiError('INVALID_ARGUMENT', 'Invalid Value', {
          reason: 'invalid',
          location: { location: 'q', locationType: 'parameter' },
        });
      }
      const [, field, sign, quoted = '', trashed, parent] = match;
      if (trashed !== undefined) return (file: DriveFile) => file.trashed === (trashed === 'true');
      if (parent !== undefined) return (file: DriveFile) => file.parents.includes(parent);
      const wanted = quoted.replace(/\\(.)/g, '$1');
      return (file: DriveFile) => {
        const value = field === 'name' ? fileName(file) : file.mimeType;
        if (sign === 'contains') return value.toLowerCase().includes(wanted.toLowerCase());
        return (value === wanted) === (sign === '=');
      };
    });
  return (file) => tests.every((test) => test(file));
};
