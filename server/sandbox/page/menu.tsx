/** A button with a list of things to do below it: arrow keys walk it, Escape closes it. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface MenuItem {
  word: string;
  onChoose: () => void;
}

export function Menu({ word, items }: { word: string; items: readonly MenuItem[] }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (isOpen) list.current?.querySelector('button')?.focus();
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') close();
    else if (step !== undefined) {
      const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
      const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="menu"
      onFocusOut={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
          setOpen(false);
      }}
    >
      <button
        ref={opener}
        type="button"
        class="plain"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {word} <span aria-hidden="true">▾</span>
      </button>
      {isOpen ? (
        <div class="menu-list" role="menu" aria-label={word} tabIndex={-1} ref={list} onKeyDown={onKey}>
          {items.map((item) => (
            <button
              key={item.word}
              type="button"
              role="menuitem"
              class="plain"
              onClick={() => {
                close();
                item.onChoose();
              }}
            >
              {item.word}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
