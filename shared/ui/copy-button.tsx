/** Copies a table as text for a spreadsheet, and says whether it worked. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

const words = { ready: 'Copy table', copied: 'Copied', refused: 'Copying is not allowed here' } as const;

export function CopyButton({ text }: { text: () => string }): JSX.Element {
  const [state, setState] = useState<keyof typeof words>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), 3_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setState('copied');
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      setState('refused');
    }
  };
  return (
    <button type="button" class="plain" onClick={() => void copy()}>
      <Icon name={state === 'copied' ? 'check' : 'copy'} /> <span aria-live="polite">{words[state]}</span>
    </button>
  );
}
