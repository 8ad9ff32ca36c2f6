/** The JSON body of a request, read once it is known who asks. */
import { json as jsonParser, type Request, type Response } from 'express';
import { UserError } from '../errors.ts';

/** Nobody packs a request of this size, so that what is packed is refused. */
const parse = jsonParser({ limit: '256kb', strict: true, type: 'application/json', inflate: false });

/** `{}` when nothing was sent. Rejects with UserError `UNSUPPORTED_MEDIA_TYPE`, or as the parser does (problem.ts knows its errors). */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  if (!hasBody(request)) return {};
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  // The parser leaves other types of content alone.
  if (request.body === undefined) throw new UserError('UNSUPPORTED_MEDIA_TYPE');
  refusePrototypes(request.body);
  return request.body;
}

/** UserError `INVALID_INPUT` when something was sent to a route that takes nothing. */
export function refuseBody(request: Request): void {
  if (hasBody(request))
    throw new UserError('INVALID_INPUT', { field: 'body', problem: 'this takes no body' });
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** JSON.parse makes an own field of `__proto__`, and zod's records leave it out without a word. Nesting may be deep. */
function refusePrototypes(body: unknown): void {
  const waiting = [body];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__'))
      throw new UserError('INVALID_INPUT', { field: '__proto__', problem: 'is not a field of this request' });
    for (const inner of Object.values(value)) waiting.push(inner);
  }
}
