/** Signatures of outgoing webhooks, in the manner of Standard Webhooks 1.0.0 (standardwebhooks.com, read 2026-11). */
import { createHmac } from 'node:crypto';

/** `whsec_` and the key in base64, as receivers' libraries take it. */
export const webhookSecret = (key: Uint8Array): string => `whsec_${Buffer.from(key).toString('base64')}`;

/**
 * The three headers. A repeat of a message has the same id and another time. One signature for each secret, so that a receiver
 * knows the message while its secret is being changed; `at` in ms since the epoch.
 */
export function signedHeaders(
  secrets: readonly string[],
  message: { id: string; at: number; body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(message.at / 1000));
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(signed, 'utf8').digest('base64')}`;
  });
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
