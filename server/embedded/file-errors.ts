/** What the file system says when something is not there. */

export const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** Not there, or a part of the path is a file, or the path is a folder: in each case no such file. */
export const isAbsence = (error: unknown): boolean => hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR');

/** For `.catch`: absence is undefined, everything else is thrown on. */
export const ifAbsent = (error: unknown): undefined => {
  if (!isAbsence(error)) throw error;
};
