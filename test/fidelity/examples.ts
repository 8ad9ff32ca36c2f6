/** The example payloads of the published file, and how a sandbox is made to serve them as its own records. */
import { reports, resources } from '../../server/resources/index.ts';
import type { Resource } from '../../server/resources/resource.ts';
import { routeOf } from '../../server/sandbox/xero/accounting/route.ts';
import type { Company } from '../../server/sandbox/xero/company/company.ts';
import type { XeroSandbox } from '../../server/sandbox/xero/xero-sandbox.ts';
import { isOpenApiHere, type Operation, openApi } from './openapi.ts';

export interface Example {
  operation: Operation;
  resource: Resource;
  /** Id and text of each record, as Xero writes it; one that an example holds twice is served once. */
  records: Map<string, string>;
}

const operations = isOpenApiHere ? openApi('xero_accounting.yaml').operations : [];

/** Of lists and of looks by id alike, for every resource that we have and the sandbox serves. */
export const examples: readonly Example[] = operations.flatMap((operation) => {
  const resource = resources.find(({ path }) => new RegExp(`^/${path}(/\\{\\w+\\})?$`).test(operation.path));
  const held = (operation.example as Record<string, unknown> | undefined)?.[resource?.envelope ?? ''];
  if (resource === undefined || routeOf(resource.path) === null || !Array.isArray(held)) return [];
  const records = new Map(
    (held as Record<string, unknown>[]).map((each) => [String(each[resource.idField]), wireText(each)]),
  );
  return [{ operation, resource, records }];
});

export const reportExamples = operations.flatMap((operation) => {
  const report = reports.find(({ path }) => `/${path}` === operation.path);
  return report === undefined || operation.example === undefined ? [] : [{ operation, report }];
});

/** As Xero writes it: slashes escaped. */
export function wireText(value: unknown): string {
  return JSON.stringify(value).replaceAll('/', '\\/');
}

/**
 * Served together, by resource and id. A record that two examples write differently is in two of these: nothing is served twice
 * under one id.
 */
export function rounds(): Map<Resource, Map<string, string>>[] {
  const found: Map<Resource, Map<string, string>>[] = [];
  for (const { resource, records } of examples) {
    for (const [id, text] of records) {
      let at = 0;
      while ((found[at]?.get(resource)?.get(id) ?? text) !== text) at += 1;
      found[at] ??= new Map();
      const round = found[at] as Map<Resource, Map<string, string>>;
      round.set(resource, (round.get(resource) ?? new Map<string, string>()).set(id, text));
    }
  }
  return found;
}

interface RawTable extends Iterable<{ isHidden?: true | undefined; raw?: string | undefined }> {
  readonly mark: number;
}

/** In place of the first organisation's records of that resource; its others are hidden. */
export function serveInstead(sandbox: XeroSandbox, { path, envelope }: Resource, texts: string[]): void {
  const kind = `${envelope[0]?.toLowerCase()}${envelope.slice(1)}`;
  const table = (sandbox.companies[0] as unknown as Company & Record<string, RawTable | undefined>)[kind];
  if (table === undefined || !('mark' in table)) {
    // Lists that the sandbox makes from settings and not from rows.
    sandbox.control.fault({
      kind: 'respond',
      status: 200,
      count: 20,
      match: { path: `/${path}` },
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: `{"Id":"1","Status":"OK","DateTimeUTC":"\\/Date(${Date.UTC(2026, 10, 20)})\\/","${envelope}":[${texts.join(',')}]}`,
    });
    return;
  }
  const waiting = [...texts];
  for (const row of table) {
    if (row.isHidden) continue;
    const text = waiting.shift();
    if (text === undefined) row.isHidden = true;
    else row.raw = text;
  }
  if (waiting.length > 0) throw new Error(`the sandbox has too few ${kind} for ${texts.length} examples`);
}
