/** What a person does in a list: it is done, what went wrong is kept to be shown, and the list is looked at again either way. */
import { useState } from 'preact/hooks';
import { type Trouble, troubleOf } from './server-api.ts';

export function useAct(lookAgain: () => Promise<void>): {
  act: (acting: () => Promise<unknown>) => Promise<void>;
  trouble: Trouble | undefined;
} {
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const act = async (acting: () => Promise<unknown>): Promise<void> => {
    setTrouble(undefined);
    try {
      await acting();
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    await lookAgain();
  };
  return { act, trouble };
}
