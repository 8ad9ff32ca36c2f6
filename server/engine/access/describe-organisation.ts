/** What an organisation says about itself: one light read, which also shows whether it can still be read. */
import { z } from 'zod';
import { FatalError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';

const organisationSchema = z.object({
  Organisations: z.tuple([
    z.object({
      Name: z.string(),
      CountryCode: z.string().default(''),
      BaseCurrency: z.string().default(''),
      /** Xero's own name of the zone, e.g. `NEWZEALANDSTANDARDTIME`. */
      Timezone: z.string().default(''),
    }),
  ]),
});

/** Fills the connection's name, country, currency and zone. Errors as `XeroReader.read`. */
export async function describeOrganisation(
  ports: Pick<Ports, 'store' | 'xeroReader'>,
  connectionId: string,
  priority: 'manual' | 'scheduled',
): Promise<void> {
  const { body } = await ports.xeroReader.read(connectionId, { path: 'Organisation', query: {} }, priority);
  const parsed = organisationSchema.safeParse(jsonOf(body));
  if (!parsed.success) {
    throw new FatalError('XERO_PAGE_UNREADABLE', { what: 'Organisation', problem: 'it has another shape' });
  }
  const [organisation] = parsed.data.Organisations;
  await ports.store.transaction(async (tx) => {
    const connection = (await tx.get('connections', connectionId))?.data;
    if (connection === undefined) return;
    tx.set('connections', connectionId, {
      ...connection,
      name: organisation.Name,
      countryCode: organisation.CountryCode,
      baseCurrency: organisation.BaseCurrency,
      timeZone: organisation.Timezone,
    });
  });
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    // Its message would quote the body.
    return undefined;
  }
}
