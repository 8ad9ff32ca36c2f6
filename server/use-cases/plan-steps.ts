/** The copies that make an exporter's wish come true. The only place that knows which steps a kind of exporter has. */
import type { Exporter } from '../domain/exporter.ts';
import type { Json } from '../domain/json.ts';

/** What a person has said yes to after a run stopped to ask. */
export type Confirmation = 'empty-answer' | 'many-removed';

/** What must be fresh in the mirror: resources by name, reports as `name?parameters`. */
export interface Needs {
  resources: readonly string[];
  reports: readonly string[];
}

/** Xero → mirror, then mirror → sheet. */
export const planSteps = (
  exporter: Pick<Exporter, 'connectionId' | 'organisationId'>,
  needs: Needs,
  confirm: readonly Confirmation[] = [],
): Array<{ kind: string; input: Json }> => [
  {
    kind: 'pull',
    input: {
      connectionId: exporter.connectionId,
      organisationId: exporter.organisationId,
      resources: [...needs.resources],
      reports: [...needs.reports],
      confirm: [...confirm],
    },
  },
  { kind: 'publish', input: { confirm: [...confirm] } },
];
