/** The copies that make an exporter's wish come true. The only place that knows which steps a kind of exporter has. */
import type { Exporter } from '../domain/exporter.ts';
import type { Json } from '../domain/json.ts';
import type { PublishInput } from '../engine/steps/publish/checkpoint.ts';
import type { PullInput } from '../engine/steps/pull/pull-input.ts';
import type { ErrorCode } from '../errors.ts';

/** What a person has said yes to after a run stopped to ask. */
export type Confirmation = 'empty-answer' | 'many-removed';

/** What must be fresh in the mirror: resources by name, reports as `name?parameters`. */
export interface Needs {
  resources: readonly string[];
  reports: readonly string[];
}

/** Xero → mirror, then mirror → sheet. */
export function planSteps(
  exporterId: string,
  { teamId, connectionId, organisationId }: Pick<Exporter, 'teamId' | 'connectionId' | 'organisationId'>,
  needs: Needs,
  confirm: readonly Confirmation[] = [],
): Array<{ kind: string; input: Json }> {
  const pull = {
    connectionId,
    organisationId,
    teamId,
    resources: [...needs.resources],
    reports: [...needs.reports],
    isRemovalConfirmed: confirm.includes('many-removed'),
  } satisfies PullInput;
  const overridden: ErrorCode[] = confirm.includes('empty-answer') ? ['EMPTY_ANSWER'] : [];
  const publish = { exporterId, confirmed: overridden } satisfies PublishInput;
  return [
    { kind: 'pull', input: pull },
    { kind: 'publish', input: publish },
  ];
}
