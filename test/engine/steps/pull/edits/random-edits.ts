/** What people do to the books at any moment, by dice: every kind of work that the sandbox knows, and what it has by hand. */

import { resources } from '../../../../../server/resources/index.ts';
import type { Resource } from '../../../../../server/resources/resource.ts';
import { resource as controlKind } from '../../../../../server/sandbox/xero/control/action.ts';
import { WORK_NAMES } from '../../../../../server/sandbox/xero/control/change-work.ts';
import { ControlError } from '../../../../../server/sandbox/xero/control/refuse.ts';
import type { Dice, EditsWorld } from './edits-world.ts';

type Kind = (typeof controlKind.options)[number];

/** As control calls the records of a resource; undefined where it cannot change them. */
export const kindOf = ({ path }: Resource): Kind | undefined =>
  controlKind.options.find((kind) => kind.toLowerCase() === path.toLowerCase());

export interface Editor {
  /** One edit; what the books refuse is no edit. */
  edit(): void;
  /** Takes a record out of a list that is read in pages: no mark, no stamp, nothing to be found by id. */
  vanish(): void;
  /** Serves one record as text that does not parse, or a broken one whole again. */
  breakOrRepair(): void;
}

export function editorOf({ sandbox, organisationId, log }: EditsWorld, dice: Dice): Editor {
  const { control } = sandbox;
  const organisation = organisationId;
  let edits = 0;
  const broken = new Map<string, Kind>();
  const idIn = (resource: Kind, status?: string): string | undefined => {
    const { rows, total } = control.listRecords({ organisation, resource, pageSize: 1, status });
    if (total <= 1) return rows[0]?.id;
    const page = 1 + dice.below(total);
    return control.listRecords({ organisation, resource, pageSize: 1, page, status }).rows[0]?.id;
  };
  const isTried = (name: string, act: () => void): void => {
    try {
      act();
      log.push(name);
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
    }
  };
  const on = (resource: Kind, status: string | undefined, fields: () => Record<string, unknown>) => {
    const id = idIn(resource, status);
    if (id === undefined) return;
    const wanted = fields();
    isTried(`edit ${resource} ${id} ${JSON.stringify(wanted)}`, () =>
      control.edit({ organisation, resource, id, fields: wanted }),
    );
  };
  const text = (): string => {
    edits += 1;
    return `edit ${edits}`;
  };
  const byHand: ReadonlyArray<() => void> = [
    () => on('invoices', 'AUTHORISED', () => ({ DueDate: `2026-12-${10 + dice.below(20)}` })),
    () => on('invoices', 'AUTHORISED', () => ({ SentToContact: dice.chance(0.5) })),
    () => on('invoices', undefined, () => ({ Reference: text() })),
    () => on('invoices', 'DRAFT', () => ({ Date: `2026-0${1 + dice.below(9)}-15`, Status: 'SUBMITTED' })),
    () => on('payments', 'AUTHORISED', () => ({ Reference: text(), IsReconciled: dice.chance(0.5) })),
    () => on('bankTransactions', 'AUTHORISED', () => ({ Reference: text() })),
    () => on('contacts', undefined, () => ({ EmailAddress: `${text().replace(' ', '')}@example.com` })),
    () => on('accounts', undefined, () => ({ Description: text() })),
    () => on('accounts', undefined, () => ({ Name: text() })),
    () =>
      isTried('create account', () =>
        control.create({
          organisation,
          resource: 'accounts',
          fields: { Name: text(), Code: text().slice(5) },
        }),
      ),
    () => {
      const id = idIn('accounts');
      if (id !== undefined)
        isTried(`delete account ${id}`, () => control.delete({ organisation, resource: 'accounts', id }));
    },
  ];
  return {
    edit() {
      if (dice.chance(0.4)) return dice.one(byHand)();
      const works = [dice.one(WORK_NAMES)];
      const seed = dice.below(1e6);
      isTried(`change ${works} seed ${seed}`, () =>
        control.change({ organisation, fraction: 0.000_001, seed, works }),
      );
    },
    vanish() {
      const resource = dice.one(pagedKinds);
      const id = idIn(resource);
      if (id !== undefined)
        isTried(`vanish ${resource} ${id}`, () => control.vanish({ organisation, resource, id }));
    },
    breakOrRepair() {
      const [[id, kind] = []] = broken;
      if (id !== undefined && kind !== undefined && dice.chance(0.5)) {
        broken.delete(id);
        isTried(`repair ${kind} ${id}`, () =>
          control.setRaw({ organisation, resource: kind, id, raw: null }),
        );
        return;
      }
      const resource = dice.one(controlKind.options);
      const found = resources.find((one) => kindOf(one) === resource);
      const victim = idIn(resource);
      if (found === undefined || victim === undefined) return;
      const named = `"${found.idField}": "${victim}", `;
      const raw = dice.one([
        `{${named}"Total": 01}`,
        `{"Name": "twice", ${named}"Name": "twice"}`,
        `{${named}"Phones": [{"${found.idField}": "not this one"}], "Name": tru}`,
      ]);
      isTried(`break ${resource} ${victim} ${raw}`, () => {
        control.setRaw({ organisation, resource, id: victim, raw });
        broken.set(victim, resource);
      });
    },
  };
}

/** Records with which no other changes: those would go on unstamped, and Xero has no button for that. */
const pagedKinds: readonly Kind[] = ['contacts'];
