/** What a call without its scope is answered. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

/** Asked for by no consent of the probe; scopes add up, so that an older consent may have them. */
const LEFT_OUT = [
  ['accounting.reports.executivesummary.read', 'Reports/ExecutiveSummary'],
  ['accounting.budgets.read', 'Budgets'],
  ['accounting.reports.budgetsummary.read', 'Reports/BudgetSummary'],
] as const;

export const missingScope: Probe<XeroAsker> = {
  name: 'missing-scope',
  rules: ['xero-scope-missing-401'],
  asks: 'An endpoint whose scope was not granted.',
  expects: '401 with Detail AuthorizationUnsuccessful.',
  calls: 1,
  async run({ get, scopes }) {
    const [, path] = LEFT_OUT.find(([scope]) => !scopes().has(scope)) ?? [];
    if (path === undefined) return notAsked('Every scope was granted, by an older consent perhaps.');
    const { status, json } = await get(path);
    const detail = String(json['Detail'] ?? json['detail'] ?? 'none');
    return finding(
      status === 401 && detail === 'AuthorizationUnsuccessful',
      `${path} is ${status}, Detail ${detail}.`,
    );
  },
};
