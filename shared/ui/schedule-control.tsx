/** The controls of a schedule: a choice, and a field that says itself what is wrong with it. */
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Refusal } from './use-schedule-preview.ts';

export function Choice(props: {
  label: string;
  value: string;
  options: ReadonlyArray<readonly [string, string]>;
  onChange: (value: string) => void;
}): JSX.Element {
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        {props.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ControlAttributes {
  id: string;
  'aria-invalid': 'true' | 'false';
  'aria-describedby': string | undefined;
}

/** A labelled control that says itself what is wrong with it. */
export function Field(props: {
  label: string;
  name: string;
  refusal: Refusal | undefined;
  children: (attributes: ControlAttributes) => ComponentChildren;
}): JSX.Element {
  const id = useId();
  const isRefused = props.refusal?.field === props.name;
  return (
    <div class="stack-tight">
      <label for={id}>{props.label}</label>
      {props.children({
        id,
        'aria-invalid': isRefused ? 'true' : 'false',
        'aria-describedby': isRefused ? `${id}-problem` : undefined,
      })}
      <Problem id={`${id}-problem`} name={props.name} refusal={props.refusal} />
    </div>
  );
}

export function Problem(props: {
  id: string;
  name: string;
  refusal: Refusal | undefined;
}): JSX.Element | null {
  if (props.refusal?.field !== props.name) return null;
  return (
    <p class="field-problem" id={props.id} role="alert">
      {props.refusal.sentence}
    </p>
  );
}
