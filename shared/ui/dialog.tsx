/** A question over the page: focus stays in it, Escape closes it, and the button that opened it has the focus again. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** `children` get `close`, which ends the dialog as Escape does; `onClose` follows either. */
export function Dialog(props: {
  title: string;
  isWide?: boolean;
  onClose: () => void;
  children: (close: () => void) => ComponentChildren;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class={props.isWide === true ? 'wide' : ''}
      onClose={props.onClose}
      aria-labelledby="dialog-title"
    >
      <h2 id="dialog-title">{props.title}</h2>
      {props.children(() => dialog.current?.close())}
    </dialog>
  );
}
