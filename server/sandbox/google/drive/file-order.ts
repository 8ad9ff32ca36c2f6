/** Drive's `orderBy`: keys in order, each ascending unless `desc` follows it. */
import { type DriveFile, fileName } from '../world.ts';
import { invalidParameter } from './drive-errors.ts';
import { FOLDER_MIME } from './open-file.ts';

type Compare = (a: DriveFile, b: DriveFile) => number;

const sizeOf = ({ content }: DriveFile): number => (content.kind === 'blob' ? content.blob.size : 0);

const KEYS: Record<string, Compare> = {
  createdTime: (a, b) => a.createdAtMs - b.createdAtMs,
  modifiedTime: (a, b) => a.modifiedAtMs - b.modifiedAtMs,
  modifiedByMeTime: (a, b) => a.modifiedAtMs - b.modifiedAtMs,
  recency: (a, b) => a.modifiedAtMs - b.modifiedAtMs,
  viewedByMeTime: (a, b) => a.modifiedAtMs - b.modifiedAtMs,
  sharedWithMeTime: (a, b) => a.createdAtMs - b.createdAtMs,
  quotaBytesUsed: (a, b) => sizeOf(a) - sizeOf(b),
  name: (a, b) => (fileName(a) < fileName(b) ? -1 : fileName(a) > fileName(b) ? 1 : 0),
  name_natural: (a, b) => fileName(a).localeCompare(fileName(b), 'en', { numeric: true }),
  folder: (a, b) => Number(b.mimeType === FOLDER_MIME) - Number(a.mimeType === FOLDER_MIME),
  starred: (a, b) => Number(b.starred ?? false) - Number(a.starred ?? false),
};

export const fileOrder = (text: string): Compare => {
  const keys = text.split(',').map((part) => {
    const [name = '', direction] = part.trim().split(/\s+/);
    const compare = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
    if (!compare || (direction !== undefined && direction !== 'desc'))
      throw invalidParameter('orderBy', 'Invalid Value');
    return direction === 'desc' ? (a: DriveFile, b: DriveFile) => compare(b, a) : compare;
  });
  return (a, b) => {
    for (const compare of keys) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return a.id < b.id ? -1 : 1;
  };
};
