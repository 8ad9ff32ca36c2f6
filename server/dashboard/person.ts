/** Who is signed in, for every part of the page: a viewer is shown everything and offered no change. */
import { createContext } from 'preact';
import type { Me } from '../../shared/contract/person.ts';

export interface Person {
  canEdit: boolean;
  isOwner: boolean;
  /** Asks again who this is, e.g. after a consent. */
  refresh: () => Promise<void>;
}

export const PersonContext = createContext<Person>({
  canEdit: false,
  isOwner: false,
  refresh: async () => undefined,
});

export const personOf = (me: Me, refresh: () => Promise<void>): Person => ({
  canEdit: me.team.role !== 'viewer',
  isOwner: me.team.role === 'owner',
  refresh,
});
