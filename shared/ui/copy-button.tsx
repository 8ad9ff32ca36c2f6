/** Copies a text, a table for a spreadsheet unless told otherwise, and says whether it worked. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

const words = { copied: 'Copied', refused: 'Copying is not allowed here' } as const;

export function CopyButton(props: { text: () => string; label?: string }): JSX.Element {
  const { text, label = 'Copy table' } = props;
  const [state, setState] = useState<'ready' | keyof typeof words>('ready');
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
      <Icon name={state === 'copied' ? 'check' : 'copy'} />{' '}
      <span aria-live="polite">{state === 'ready' ? label : words[state]}</span>
    </button>
  );
}
