/** What a Drive method is, and the answers' field masks. */
import type { HttpResponse } from '../../../domain/http-message.ts';
import { checkFieldMask, type FieldMask, type FieldTree, parseFieldMask, pickFields } from '../field-mask.ts';
import type { Caller } from '../file-access.ts';
import { type Call, json } from '../respond.ts';
import type { DriveFile, World } from '../world.ts';
import { invalidParameter } from './drive-errors.ts';
import { fileJson, fileTree } from './file-json.ts';

export interface DriveCall {
  world: World;
  caller: Caller;
  call: Call;
  query: URLSearchParams;
  /** Decoded path parts. */
  parts: string[];
}

export interface DriveMethod {
  verb: Call['method'];
  /** After `/drive/v3`; groups become `parts`. */
  path: RegExp;
  /** Quota units (google-platform.md section 8.2). */
  units: number;
  run(call: DriveCall): HttpResponse;
}

export const maskOf = (query: URLSearchParams, tree: FieldTree, normal: string): FieldMask => {
  const text = query.get('fields') ?? normal;
  try {
    const mask = parseFieldMask(text);
    checkFieldMask(mask, tree);
    return mask;
  } catch {
    // Drive words the same fault in its own way.
    throw invalidParameter('fields', `Invalid field selection ${text}`);
  }
};

export const FILE_FIELDS = 'kind,id,name,mimeType';

export const showFile = ({ world, caller, query }: DriveCall, file: DriveFile): HttpResponse =>
  json(200, pickFields(fileJson(world, file, caller), maskOf(query, fileTree, FILE_FIELDS)));
