/** `/sandbox/…` over HTTP: control, state, whole dumps and grid windows. */
import * as z from 'zod';
import type { HttpResponse } from '../../../domain/http-message.ts';
import { GoogleApiError } from '../google-api-error.ts';
import { bodyText, type Call, decodePart, json } from '../respond.ts';
import { actionSchema } from './actions.ts';
import type { GoogleControl } from './control.ts';

const refuse = (status: number, field: string, message: string): HttpResponse =>
  json(status, { error: { field, message } });

export const controlRoutes = async (control: GoogleControl, call: Call): Promise<HttpResponse> => {
  const { pathname } = call.url;
  try {
    if (pathname === '/sandbox/control') return await runAction(control, call);
    if (pathname === '/sandbox/state') return json(200, control.state());
    const [, id = '', part] = /^\/sandbox\/spreadsheets\/([^/]+)(\/grid)?$/.exec(pathname) ?? [];
    if (id) return part ? showGrid(control, decodePart(id), call) : json(200, control.dump(decodePart(id)));
  } catch (error) {
    if (!(error instanceof GoogleApiError)) throw error;
    return refuse(400, error.message.split(':')[0] ?? '', error.message);
  }
  return refuse(404, 'path', `Nothing at ${pathname}`);
};

const runAction = async (control: GoogleControl, call: Call): Promise<HttpResponse> => {
  if (call.method !== 'POST') return refuse(405, 'method', 'POST an action here.');
  let value: unknown;
  try {
    value = JSON.parse(bodyText(call));
  } catch {
    return refuse(400, 'body', 'The body is not JSON.');
  }
  const parsed = actionSchema.safeParse(value);
  if (!parsed.success) return refuseIssue(parsed.error);
  return json(200, await control.run(parsed.data));
};

const refuseIssue = (error: z.ZodError): HttpResponse => {
  const [issue] = error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  return refuse(400, [...(issue?.path ?? []), ...keys].join('.') || 'body', issue?.message ?? 'Invalid');
};

const gridQuery = z.strictObject({
  sheetId: z.coerce.number().int().min(0).optional(),
  rowStart: z.coerce.number().int().min(0).default(0),
  rowCount: z.coerce.number().int().min(1).max(1000).default(100),
});

const showGrid = (control: GoogleControl, id: string, call: Call): HttpResponse => {
  const parsed = gridQuery.safeParse(Object.fromEntries(call.url.searchParams));
  if (!parsed.success) return refuseIssue(parsed.error);
  const page = control.gridPage(id, parsed.data);
  return page ? json(200, page) : refuse(404, 'sheetId', 'The spreadsheet has no such tab.');
};
