/** Receipts of data that was deleted for good, each to be kept as a text. */
import type { JSX } from 'preact';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { sayWhenWithin } from '../../shared/ui/when.ts';
import { saveText } from './save-text.ts';
import { callApi } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

/** Nothing at all until something was deleted. */
export function Receipts(): JSX.Element | null {
  const loaded = useLoaded(
    () => callApi('listReceipts', {}),
    () => null,
  );
  const receipts = loaded.data?.receipts ?? [];
  if (loaded.trouble !== undefined)
    return <ProblemBox sentence={loaded.trouble.sentence} code={loaded.trouble.code} />;
  if (receipts.length === 0) return null;
  return (
    <section aria-labelledby="receipts-title">
      <div class="section-head">
        <h2 id="receipts-title">Deleted data</h2>
      </div>
      <ul class="rows">
        {receipts.map((receipt) => (
          <li key={receipt.id} class="row connection">
            <div class="row-main">
              <span class="name" title={receipt.name}>
                {receipt.name}
              </span>
              <span class="quiet">
                Deleted for good {sayWhenWithin(receipt.erasedAt, new Date())}, asked for by{' '}
                {receipt.requestedBy}
              </span>
              <details>
                <summary>Receipt</summary>
                <pre class="receipt">{receipt.text}</pre>
              </details>
            </div>
            <div class="row-actions">
              <button
                type="button"
                onClick={() => saveText(`foliokeep-receipt-${receipt.id}.txt`, receipt.text, 'text/plain')}
                aria-label={`Download the receipt of ${receipt.name}`}
              >
                Download receipt
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
