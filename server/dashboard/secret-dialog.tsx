/** The secret of a webhook, shown once, with what its receiver does with it. */
import type { JSX } from 'preact';
import { CopyButton } from '../../shared/ui/copy-button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';

export function SecretDialog(props: { name: string; secret: string; onClose: () => void }): JSX.Element {
  return (
    <Dialog title={`The secret of ${props.name}`} onClose={props.onClose}>
      {(close) => (
        <>
          <p>Give it to the system that receives the messages: it checks their signature with it.</p>
          <p class="inline">
            <input type="text" readOnly value={props.secret} aria-label="Secret" />
            <CopyButton text={() => props.secret} label="Copy secret" />
          </p>
          <p class="quiet">
            It is shown only now. Messages are signed as Standard Webhooks describes, in the header
            webhook-signature.
          </p>
          <div class="dialog-actions">
            <button type="button" class="primary" onClick={close}>
              I have copied it
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
