/** Signatures as a receiver's library checks them: the published example, and every byte. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedHeaders, webhookSecret } from '../../server/domain/webhook-signature.ts';

describe('the signature of a webhook', () => {
  it('is that of the published example (Standard Webhooks, reference libraries)', () => {
    const headers = signedHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: 1_614_265_330_000,
      body: '{"test": 2432232314}',
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is of id, time and body together, with one for each secret', () => {
    const secrets = [webhookSecret(new Uint8Array(32).fill(1)), webhookSecret(new Uint8Array(32).fill(2))];
    const headers = signedHeaders(secrets, { id: 'msg_1', at: 5_999, body: '{"é":1}' });
    const expected = [1, 2].map((byte) =>
      createHmac('sha256', new Uint8Array(32).fill(byte)).update('msg_1.5.{"é":1}').digest('base64'),
    );
    expect(headers['webhook-signature']).toBe(expected.map((one) => `v1,${one}`).join(' '));
  });
});
