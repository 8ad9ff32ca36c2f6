/** Loads something, and again when asked, on focus, or every so often while it is moving. Old data stays until new arrives. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Trouble, troubleOf } from './server-api.ts';

export interface Loaded<T> {
  data: T | undefined;
  trouble: Trouble | undefined;
  reload: () => Promise<void>;
}

const unreachableMs = 3_000;

/** `everyMs` of what was loaded last: null stops asking. The load function is taken fresh each time. */
export function useLoaded<T>(
  load: () => Promise<T>,
  everyMs: (data: T | undefined) => number | null,
): Loaded<T> {
  const [data, setData] = useState<T | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const newest = useRef({ load, number: 0 });
  newest.current.load = load;

  const reload = useCallback(async () => {
    newest.current.number += 1;
    const mine = newest.current.number;
    try {
      const answer = await newest.current.load();
      if (mine !== newest.current.number) return;
      setData(answer);
      setTrouble(undefined);
    } catch (error) {
      if (mine === newest.current.number) setTrouble(troubleOf(error));
    }
  }, []);

  useEffect(() => {
    void reload();
    const again = () => void reload();
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, [reload]);

  // Unreachable: look again soon, so that the page goes on by itself.
  const pause = trouble?.code === 'NETWORK' ? unreachableMs : everyMs(data);
  useEffect(() => {
    if (pause === null) return;
    const timer = setInterval(() => void reload(), pause);
    return () => clearInterval(timer);
  }, [pause, reload]);

  return { data, trouble, reload };
}
