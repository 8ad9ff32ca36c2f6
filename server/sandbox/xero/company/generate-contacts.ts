/** Customers and suppliers of a made company. */
import { add } from './company.ts';
import type { Making } from './generate.ts';
import { FIRST, LAST, tradeName } from './vocabulary.ts';

/** One in twenty is archived. */
export function addContacts({ company, random, firstDay, stamp }: Making, count: number): void {
  const { foreign, foreignShare, city } = company.profile;
  for (let at = 0; at < count; at++) {
    const first = random.pick(FIRST);
    const last = random.pick(LAST);
    const name = tradeName(at);
    const isSupplier = random.chance(40);
    add(company, 'contacts', {
      updatedAt: stamp(firstDay - random.between(0, 20)),
      name,
      firstName: random.chance(80) ? first : null,
      lastName: random.chance(80) ? last : null,
      email: random.chance(85) ? `${first}.${last}@${name.split(' ')[0]}-${at}.example`.toLowerCase() : '',
      // Leading zeros are text, not numbers.
      number: random.chance(50) ? `00${at + 1}` : null,
      accountNumber: random.chance(20) ? `0${random.between(10_000, 99_999)}` : null,
      taxNumber: random.chance(30) ? `${random.between(10, 99)}-${random.between(100, 999)}-${at}` : null,
      currency: foreign.length > 0 && random.chance(foreignShare) ? random.pick(foreign).currency : null,
      street: random.chance(60) ? `${random.between(1, 400)} ${random.pick(LAST)} Street` : null,
      city: random.chance(60) ? city : null,
      phone: random.chance(50) ? `${random.between(200, 999)} ${random.between(1000, 9999)}` : null,
      status: random.chance(5) ? 'ARCHIVED' : 'ACTIVE',
      isSupplier,
      isCustomer: !isSupplier || random.chance(30),
    });
  }
}
