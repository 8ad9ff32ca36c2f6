/** `spreadsheets.batchUpdate`: requests in order on one draft; the first that fails fails them all. */
import { GoogleApiError, invalidArgument } from '../google-api-error.ts';
import { parseWire, unknownName } from '../wire-error.ts';
import { openDraft } from './draft.ts';
import type { Edit } from './edit.ts';
import type { Spreadsheet } from './model.ts';
import { appendRequests } from './requests/append-cells.ts';
import { bandingRequests } from './requests/banding-requests.ts';
import { blockRequests } from './requests/block-requests.ts';
import { borderRequests } from './requests/border-requests.ts';
import { cellRequests } from './requests/cell-requests.ts';
import { conditionalFormatRequests } from './requests/conditional-format-requests.ts';
import { copyRequests } from './requests/copy-requests.ts';
import { dimensionRequests } from './requests/dimension-requests.ts';
import { filterRequests } from './requests/filter-requests.ts';
import { findRequests } from './requests/find-replace.ts';
import { groupRequests } from './requests/group-requests.ts';
import { mergeRequests } from './requests/merge-requests.ts';
import { metadataRequests } from './requests/metadata-requests.ts';
import { namedRangeRequests } from './requests/named-range-requests.ts';
import { protectionRequests } from './requests/protection-requests.ts';
import type { RequestKind } from './requests/request-kind.ts';
import { rowRequests } from './requests/row-requests.ts';
import { sheetRequests } from './requests/sheet-requests.ts';
import { tableRequests } from './requests/table-requests.ts';
import { textRequests } from './requests/text-requests.ts';
import { validationRequests } from './requests/validation-requests.ts';

/** By the request's name. */
export const KINDS: Record<string, RequestKind> = {
  ...sheetRequests,
  ...dimensionRequests,
  ...cellRequests,
  ...copyRequests,
  ...metadataRequests,
  ...namedRangeRequests,
  ...protectionRequests,
  ...filterRequests,
  ...bandingRequests,
  ...conditionalFormatRequests,
  ...validationRequests,
  ...borderRequests,
  ...mergeRequests,
  ...tableRequests,
  ...blockRequests,
  ...rowRequests,
  ...textRequests,
  ...findRequests,
  ...appendRequests,
  ...groupRequests,
};

/** Kinds that Google has and the sandbox does not (client 18.1.1, 2026-11): refused by name, never ignored. */
const NOT_HERE = new Set(
  `addChart updateChartSpec addSlicer updateSlicerSpec addDataSource updateDataSource deleteDataSource
   refreshDataSource cancelDataSourceRefresh deleteEmbeddedObject updateEmbeddedObjectPosition
   updateEmbeddedObjectBorder autoFill insertComment addCommentReply updateCommentPost deleteComment
   deleteCommentReply`.split(/\s+/),
);

/** Applies all requests; answers with the new state and one reply per request. Nothing of it shows when it throws. */
export const batchUpdate = (
  committed: Spreadsheet,
  requests: readonly unknown[],
  context: Omit<Edit, 'draft' | 'work'>,
): { draft: Spreadsheet; replies: object[] } => {
  if (requests.length === 0) throw invalidArgument('Must specify at least one request.');
  // Google reads the whole message before it applies any of it.
  const parsed = requests.map(readRequest);
  const draft = openDraft(committed);
  const edit: Edit = { ...context, draft, work: { cells: 0 } };
  const replies = parsed.map(({ name, kind, body }, index) => {
    try {
      const content = kind.apply(edit, body);
      return content ? { [name]: content } : {};
    } catch (error) {
      if (!(error instanceof GoogleApiError)) throw error;
      throw new GoogleApiError(error.status, `Invalid requests[${index}].${name}: ${error.message}`, {
        details: error.details,
      });
    }
  });
  return { draft, replies };
};

const readRequest = (request: unknown, index: number): { name: string; kind: RequestKind; body: unknown } => {
  if (typeof request !== 'object' || request === null) {
    throw invalidArgument(
      `Invalid value at 'requests[${index}]' (type.googleapis.com/google.apps.sheets.v4.Request).`,
    );
  }
  const entries = Object.entries(request);
  for (const [name] of entries) {
    if (!Object.hasOwn(KINDS, name) && !NOT_HERE.has(name)) throw unknownName(name, `requests[${index}]`);
  }
  const [entry] = entries;
  if (!entry) throw invalidArgument(`Invalid requests[${index}]: No request set.`);
  if (entries.length > 1) {
    throw invalidArgument(
      `Invalid value at 'requests[${index}]' (oneof), oneof field 'kind' is already set. Cannot set '${entries[1]?.[0]}'`,
    );
  }
  const [name, body] = entry;
  const kind = KINDS[name];
  if (!kind) throw invalidArgument(`Invalid requests[${index}].${name}: ${name} is not part of the sandbox.`);
  return { name, kind, body: parseWire(kind.schema, body, `requests[${index}].${name}`) };
};
