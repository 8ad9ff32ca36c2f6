/** `GET /sandbox/state`: what the sandbox has seen and what its books say, for tests to check against. */

import { tableOf } from '../company/company.ts';
import { RECORD_KINDS } from '../company/kinds.ts';
import type { Row } from '../company/rows.ts';
import type { World } from '../http/world.ts';
import { decimalText, moneyText } from '../json/decimal.ts';

export interface SandboxState {
  now: number;
  organisations: {
    tenantId: string;
    name: string;
    baseCurrency: string;
    tier: string;
    today: string;
    calls: number;
    callsByPath: Record<string, number>;
    bytes: number;
    maxInFlight: number;
    refused: Record<string, number>;
    records: Record<string, number>;
    /** Balance of every account in the ledger up to today, debit positive, base currency. */
    trialBalance: { accountId: string; code: string | null; name: string; balance: string }[];
    /** Decimal text; "0.00" always. */
    ledgerSum: string;
    control: { receivable: string; payable: string };
  }[];
  tokens: Record<string, number>;
  faultsPending: number;
}

export function readState(world: World): SandboxState {
  return {
    now: world.clock.now(),
    organisations: world.companies.map((company) => {
      const { calls, callsByPath, bytes, refused } = world.tally.of(company.tenantId);
      // All of the ledger, wherever a typing error dated a document.
      const balances = company.ledger
        .accounts()
        .map((index) => ({ index, cents: company.ledger.balance(index, Number.MAX_SAFE_INTEGER) }));
      const balanceOf = (key: string) =>
        company.ledger.balance(company.account(key), Number.MAX_SAFE_INTEGER);
      const visible = (rows: Iterable<Row>) => {
        let count = 0;
        for (const row of rows) if (!row.isHidden) count++;
        return count;
      };
      return {
        tenantId: company.tenantId,
        name: company.profile.name,
        baseCurrency: company.profile.baseCurrency,
        tier: world.limiter.tierOf(company.tenantId),
        today: new Date(company.today(world.clock.now()) * 86_400_000).toISOString().slice(0, 10),
        calls,
        callsByPath: { ...callsByPath },
        bytes,
        maxInFlight: world.limiter.maxInFlight(company.tenantId),
        refused: { ...refused },
        records: {
          taxRates: company.taxRates.length,
          ...Object.fromEntries(
            RECORD_KINDS.map((kind) => [kind, visible(tableOf(company, kind) as Iterable<Row>)]),
          ),
        },
        trialBalance: balances.map(({ index, cents }) => ({
          accountId: company.id('accounts', index),
          code: company.accounts.at(index).code,
          name: company.accounts.at(index).name,
          balance: moneyText(cents),
        })),
        ledgerSum: decimalText(
          balances.reduce((sum, { cents }) => sum + cents, 0),
          2,
        ),
        control: {
          receivable: moneyText(balanceOf('receivable')),
          payable: moneyText(-balanceOf('payable')),
        },
      };
    }),
    tokens: { ...world.tally.tokens },
    faultsPending: world.faults.pending(),
  };
}
