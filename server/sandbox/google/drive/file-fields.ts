/** A file's metadata as callers write it: which fields there are, and which only Google writes. */
import * as z from 'zod';
import { GoogleApiError } from '../google-api-error.ts';
import { unknownName } from '../wire-error.ts';
import { badRequest, forbidden, invalid } from './drive-errors.ts';
import { fileTree } from './file-json.ts';

const fieldsSchema = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  mimeType: z.string().optional(),
  description: z.string().optional(),
  starred: z.boolean().optional(),
  parents: z.array(z.string()).optional(),
  appProperties: z.record(z.string(), z.string().nullable()).optional(),
  properties: z.record(z.string(), z.string().nullable()).optional(),
  trashed: z.boolean().optional(),
  createdTime: z.iso.datetime({ offset: true }).optional(),
  modifiedTime: z.iso.datetime({ offset: true }).optional(),
});
export type FileFields = z.infer<typeof fieldsSchema>;

/** Fields that people may write and the sandbox does not keep. */
const NOT_HERE = new Set(
  `contentHints contentRestrictions copyRequiresWriterPermission downloadRestrictions folderColorRgb
   inheritedPermissionsDisabled originalFilename shortcutDetails viewedByMeTime viewersCanCopyContent
   writersCanShare`.split(/\s+/),
);

/** Checked metadata; 403 `fieldNotWritable` for what only Google writes, 400 for what there is not. */
export const readFields = (value: unknown): FileFields => {
  if (value === undefined) return {};
  const parsed = fieldsSchema.safeParse(value);
  for (const name of Object.keys(typeof value === 'object' && value !== null ? value : {})) {
    if (Object.hasOwn(fieldsSchema.shape, name)) continue;
    if (!Object.hasOwn(fileTree, name)) throw unknownName(name, '');
    if (NOT_HERE.has(name)) throw badRequest(`File.${name} is not part of the sandbox.`);
    throw forbidden('fieldNotWritable', 'The resource body includes fields which are not directly writable.');
  }
  if (parsed.success) return parsed.data;
  throw invalid(`Invalid Value: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
};

export const readJson = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new GoogleApiError('INVALID_ARGUMENT', 'Parse Error', { reason: 'parseError' });
  }
};
