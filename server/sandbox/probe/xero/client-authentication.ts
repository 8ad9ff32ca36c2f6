/** How the token endpoint wants the app's secret, by Xero's own discovery document. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const clientAuthentication: Probe<XeroAsker> = {
  name: 'client-authentication',
  rules: ['xero-client-authentication'],
  asks: 'The discovery document of the identity host, without a token.',
  expects: 'client_secret_basic, client_secret_post and S256 are in it.',
  calls: 1,
  async run({ identity }) {
    const { json } = await identity('/.well-known/openid-configuration');
    const methods = [json['token_endpoint_auth_methods_supported'] ?? []].flat().map(String);
    const challenges = [json['code_challenge_methods_supported'] ?? []].flat().map(String);
    return finding(
      ['client_secret_basic', 'client_secret_post'].every((method) => methods.includes(method)) &&
        challenges.includes('S256'),
      `The document names ${methods.join(', ') || 'no methods'}, and ${challenges.join(', ') || 'no challenges'}.`,
    );
  },
};
