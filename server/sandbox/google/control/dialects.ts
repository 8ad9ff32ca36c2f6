/** Refusals in the words and shapes that Google's APIs have used: what a fault with a dialect answers (guides "Resolve errors" of Drive and Sheets, 2026). */
import type { HttpResponse } from '../../../domain/http-message.ts';
import { html, json } from '../respond.ts';

const PROJECT = '480061117302';

/** The older shape: a list of errors with a domain and a reason. */
const older = (code: number, reason: string, message: string, domain = 'global'): HttpResponse =>
  json(code, { error: { code, message, errors: [{ domain, reason, message }] } });

const frontEnd = (code: number, words: string): HttpResponse =>
  html(
    code,
    `<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Error ${code} (${words})!!1</title><p><b>${code}.</b> <ins>That’s an error.</ins><p>The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds.`,
  );

export const DIALECTS = {
  'drive-user-rate': () => older(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', 'usageLimits'),
  'drive-rate': () => older(403, 'rateLimitExceeded', 'Rate Limit Exceeded', 'usageLimits'),
  'drive-rate-429': () => older(429, 'rateLimitExceeded', 'Rate Limit Exceeded', 'usageLimits'),
  'drive-daily': () =>
    older(
      403,
      'dailyLimitExceeded',
      'Daily Limit Exceeded. The quota will be reset at midnight Pacific Time (PT). You may monitor your quota usage and adjust limits in the API Console.',
      'usageLimits',
    ),
  'drive-sharing-rate': () =>
    older(
      403,
      'sharingRateLimitExceeded',
      'Rate limit exceeded. User message: "These item(s) could not be shared because a rate limit was exceeded"',
    ),
  'drive-storage': () =>
    older(403, 'storageQuotaExceeded', "The user's Drive storage quota has been exceeded."),
  'drive-app-not-authorised': () =>
    older(
      403,
      'appNotAuthorizedToFile',
      `The user has not granted the app ${PROJECT} write access to the file.`,
    ),
  'drive-domain-policy': () =>
    older(403, 'domainPolicy', 'The domain administrators have disabled Drive apps.'),
  'drive-backend-error': () => older(500, 'backendError', 'Backend Error'),
  'sheets-backend-error': () =>
    json(500, { error: { code: 500, message: 'Internal error encountered.', status: 'INTERNAL' } }),
  'sheets-unavailable': () =>
    json(503, {
      error: { code: 503, message: 'The service is currently unavailable.', status: 'UNAVAILABLE' },
    }),
  'sheets-disabled': () =>
    json(403, {
      error: {
        code: 403,
        message: `Google Sheets API has not been used in project ${PROJECT} before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=${PROJECT} then retry.`,
        status: 'PERMISSION_DENIED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'SERVICE_DISABLED',
            domain: 'googleapis.com',
            metadata: { consumer: `projects/${PROJECT}`, service: 'sheets.googleapis.com' },
          },
        ],
      },
    }),
  'front-end-502': () => frontEnd(502, 'Server Error'),
  'front-end-503': () => frontEnd(503, 'Service Unavailable'),
} satisfies Record<string, () => HttpResponse>;

export type Dialect = keyof typeof DIALECTS;
export const DIALECT_NAMES = Object.keys(DIALECTS) as [Dialect, ...Dialect[]];
