/** The one shape of every error answer (RFC 9457, application/problem+json). */
import { z } from 'zod';

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    /** A code of the error table. */
    code: z.string(),
    /** One sentence that a person can act on. */
    detail: z.string(),
    /** The one button that helps, '' when there is none. */
    button: z.string(),
    /** The field that is wrong, as a path, when the input is. */
    field: z.string().optional(),
    /** Found in the log under this id. */
    instance: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
