/** What a failed answer of Xero says, in whichever of its four dialects. Never assumes JSON outside 2xx. */
import type { HttpResponse } from '../domain/http-message.ts';
import { decodeBody } from './decode-body.ts';

/**
 * validation: `ErrorNumber`, `Type`, `Message`, `Elements`. problem: `Title`, `Status`, `Detail`, in either case. oauth:
 * `error`. text: plain text, HTML or nothing. (xero-api.md section 6.2, 2026-11-20)
 */
export interface Failure {
  status: number;
  dialect: 'validation' | 'problem' | 'oauth' | 'text' | 'html' | 'empty';
  /** What tells failures of one status apart: the Type, the Detail, the OAuth code or the text. Not for people or logs. */
  says: string;
}

/** An error body that cannot be decoded reads as an empty one: the status still says what to do. */
export async function readFailure(response: HttpResponse): Promise<Failure> {
  const { status } = response;
  const text = await textOf(response);
  if (text === '') return { status, dialect: 'empty', says: '' };
  const object = /json/i.test(response.headers['content-type'] ?? '') ? objectOf(text) : undefined;
  if (object === undefined) {
    const isHtml = /html/i.test(response.headers['content-type'] ?? '') || /^<(!doctype|html)/i.test(text);
    return { status, dialect: isHtml ? 'html' : 'text', says: text };
  }
  const { errornumber, type, detail, title, error } = object;
  if (typeof error === 'string') return { status, dialect: 'oauth', says: error };
  if (errornumber !== undefined && typeof type === 'string') {
    return { status, dialect: 'validation', says: type };
  }
  return { status, dialect: 'problem', says: [title, detail].filter(isText).join(': ') };
}

const maxErrorBytes = 1_000_000;

async function textOf(response: HttpResponse): Promise<string> {
  try {
    const bytes = await decodeBody(response, maxErrorBytes);
    return new TextDecoder().decode(bytes.subarray(0, 100_000)).trim();
  } catch {
    return '';
  }
}

/** Keys in lower case: Xero writes them both ways. */
function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key.toLowerCase(), part]));
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
