/** The exporters that read through a connection. */
import type { Ports, Stored } from '../ports.ts';

/** Deleted ones left out. */
export async function exportersOf(
  { store }: Pick<Ports, 'store'>,
  connectionId: string,
): Promise<Array<Stored<'exporters'>>> {
  const all: Array<Stored<'exporters'>> = [];
  for (let after: string | undefined; ; ) {
    const page = await store.query('exporters', {
      where: [{ field: 'connectionId', op: '==', value: connectionId }],
      limit: 100,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    all.push(...page.filter(({ data }) => data.status !== 'deleted'));
    after = page.at(-1)?.id;
    if (page.length < 100) return all;
  }
}
