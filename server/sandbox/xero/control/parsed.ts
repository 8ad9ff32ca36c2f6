/** Input of control, checked and laid over a row. */
import type { z } from 'zod';
import { ControlError } from './refuse.ts';

/** A `ControlError` names the field that does not fit. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ControlError(['fields', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'not valid');
}

/** Only what is given: undefined leaves a field as it is. */
export function assign<Row extends object>(
  row: Row,
  values: { [Key in keyof Row]?: Row[Key] | undefined },
): void {
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) Object.assign(row, { [name]: value });
}
