/** Out to Xero in a window of its own, and back. */
import { useState } from 'preact/hooks';
import { openConsent } from './open-window.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

/** `connect` without an id adds organisations, with one reconnects it; `onBack` follows the return, whatever came of it. */
export function useConsent(onBack: () => Promise<void>): {
  connect: (connectionId?: string) => Promise<void>;
  trouble: Trouble | undefined;
} {
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const connect = async (connectionId?: string): Promise<void> => {
    setTrouble(undefined);
    try {
      const { url } = await callApi('beginConsent', {
        body: connectionId === undefined ? {} : { connectionId },
      });
      openConsent(url, () => void onBack());
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };
  return { connect, trouble };
}
