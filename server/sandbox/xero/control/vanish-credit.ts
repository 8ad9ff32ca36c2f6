/** Credits that leave without a trace, alone or with what hangs on them. */
import { type Company, change } from '../company/company.ts';
import { changeCredit, deleteAllocation, transactionOf } from '../company/credit-acts.ts';
import type { Credit } from '../company/credit-rows.ts';
import { liveAllocations } from '../company/credits.ts';

/** Takes the allocations back: the other documents owe again, unstamped, for nothing is left to say why. */
export function vanishAllocations(company: Company, indexes: readonly number[] | undefined): void {
  for (const allocation of liveAllocations(company, indexes)) deleteAllocation(company, allocation, 0);
}

/** With its refunds, and the bank transaction that made it. */
export function vanishCredit(company: Company, credit: Credit): void {
  vanishAllocations(company, credit.allocations);
  const transaction = transactionOf(company, credit);
  changeCredit(company, credit, () => {
    credit.isHidden = true;
    for (const index of credit.payments) company.payments.at(index).isHidden = true;
  });
  if (transaction) {
    change(company, 'bankTransactions', transaction, () => {
      transaction.isHidden = true;
    });
  }
}
