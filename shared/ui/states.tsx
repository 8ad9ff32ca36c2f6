/** The states every screen has besides its normal one: loading, empty, problem. */
import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icon.tsx';

/** A grey outline of what will come; fades in after 200 ms, so quick answers never flash. */
export function Skeleton({ lines }: { lines: number }): JSX.Element {
  return (
    <div class="skeleton" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ width: `${90 - ((line * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

export function Empty(props: {
  sentence: string;
  example: string;
  children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="empty">
      <p>{props.sentence}</p>
      <p class="quiet">{props.example}</p>
      {props.children}
    </div>
  );
}

/** What happened, what it means, one button; the details are folded. */
export function ProblemBox(props: {
  sentence: string;
  meaning?: string;
  code?: string;
  children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="problem" role="alert">
      <p>
        <Icon name="warning" /> {props.sentence}
      </p>
      {props.meaning === undefined ? null : <p class="quiet">{props.meaning}</p>}
      {props.children}
      {props.code === undefined ? null : (
        <details>
          <summary>Details</summary>
          <code>{props.code}</code>
        </details>
      )}
    </div>
  );
}
