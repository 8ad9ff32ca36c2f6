/** The ways Xero says no, one function each (xero-api.md 6.2, 2026-11-20): four dialects, never one. */
import { valueText } from '../json/json-text.ts';

export interface Answer {
  status: number;
  contentType: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
  /** Records inside, for the latency model. */
  rows?: number;
}

/** Carries an answer out of the middle of a request. */
export class RefusalError extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(answer.body.toString());
    this.name = 'RefusalError';
    this.answer = answer;
  }
}

export const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

export const textAnswer = (status: number, body: string): Answer => ({
  status,
  contentType: TEXT_TYPE,
  body,
});

export const htmlAnswer = (status: number, title: string): Answer => ({
  status,
  contentType: 'text/html',
  body: `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
});

/** 401 and 403: Title, Detail and an Instance to quote to support. */
export const problemAnswer = (status: number, title: string, detail: string, instance: string): Answer => ({
  status,
  contentType: JSON_TYPE,
  body: valueText({
    Type: null,
    Title: title,
    Status: status,
    Detail: detail,
    Instance: instance,
    Extensions: {},
  }),
});

/** 400 with Xero's error numbers: 10 validation, 16 where, 17 malformed body, 51 high volume. */
export const badRequestAnswer = (number: number, type: string, message: string): Answer => ({
  status: 400,
  contentType: JSON_TYPE,
  body: valueText({
    ErrorNumber: number,
    Type: type,
    Message: message,
    ...(number === 10 ? { Elements: [] } : {}),
  }),
});

export const jsonAnswer = (status: number, value: unknown): Answer => ({
  status,
  contentType: JSON_TYPE,
  body: JSON.stringify(value),
});

export const notFound = () =>
  new RefusalError(textAnswer(404, "The resource you're looking for cannot be found"));
export const queryRefused = (message: string) =>
  new RefusalError(badRequestAnswer(16, 'QueryParseException', message));
/** ErrorNumber 51, as organisations of over 100,000 records met it (Xero-NetStandard#604 of 2025-04-29, pyxero#373). */
export const highVolumeRefused = (plural: string) =>
  new RefusalError(
    badRequestAnswer(
      51,
      'HighVolumeException',
      `Your request is not filtering ${plural} efficiently, given the extremely high volume for this organisation. ` +
        'Please check https://developer.xero.com/documentation/api/efficient-data-retrieval for tips on making ' +
        `${plural.replace(/s$/, '')} retrieval more efficient.`,
    ),
  );
export const validationRefused = (message: string) =>
  new RefusalError(badRequestAnswer(10, 'ValidationException', message));
