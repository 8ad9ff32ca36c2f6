/** Transfers of a made company: to savings, to the card, between currencies. */
import { addBankTransfer } from './bank-transfers.ts';
import type { Making } from './generate.ts';
import { someTracking } from './tracking.ts';

export function addTransfers(making: Making, count: number): void {
  const { company, random, today, firstDay, stamp } = making;
  const foreign = company.profile.foreign.map(({ currency }) => company.account(`bank:${currency}`));
  const cheque = company.account('cheque');
  for (let at = 0; at < count; at++) {
    const date = firstDay + 1 + Math.floor((at * (today - firstDay - 1)) / count);
    const other =
      foreign.length > 0 && at % 4 === 1
        ? random.pick(foreign)
        : company.account(random.chance(60) ? 'savings' : 'card');
    const isOut = random.chance(70);
    addBankTransfer(company, {
      from: isOut ? cheque : other,
      to: isOut ? other : cheque,
      date,
      // Now and then a cent too much for the rate to come out even.
      amount: random.chance(70) ? random.between(1, 400) * 5_000 : random.between(1, 900_000),
      reference: random.chance(60) ? random.pick(['Savings', 'Card payment', '=Sweep', 'Top up']) : null,
      isReconciled: random.chance(80),
      fromTracking: random.chance(20) ? someTracking(company, random) : [],
      toTracking: random.chance(20) ? someTracking(company, random) : [],
      updatedAt: stamp(date),
      // Some in every organisation, however small.
      ...(at % 15 === 9 ? { status: 'DELETED' as const } : {}),
    });
  }
}
