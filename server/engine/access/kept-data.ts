/** Whether a team's data of an organisation is still to be kept: nothing is read, run or connected for it otherwise. */
import { mirrorIdOf } from '../../domain/mirror-pointer.ts';
import { UserError } from '../../errors.ts';
import type { Reader } from '../../ports.ts';

/** UserError `DELETION_DUE` from the moment that deletion is asked for until it is undone or done. */
export async function mustBeKept(
  reader: Pick<Reader, 'get'>,
  { teamId, organisationId }: { teamId: string; organisationId: string },
): Promise<void> {
  const deletion = await reader.get('deletions', mirrorIdOf(teamId, organisationId));
  if (deletion !== undefined) throw new UserError('DELETION_DUE', { organisation: deletion.data.name });
}
