/** Looks whether an answer is a problem as the contract has it. */
import { expect } from 'vitest';
import { type ErrorCode, errorTable } from '../../server/errors.ts';
import { type Problem, problemSchema } from '../../shared/contract/problem.ts';
import type { Answered } from './http-asker.ts';

/** One of these codes, with its own status, in the one shape. */
export function expectProblem(answer: Answered, ...codes: ErrorCode[]): Problem {
  expect(answer.headers['content-type'], answer.text).toBe('application/problem+json; charset=utf-8');
  const problem = problemSchema.strict().parse(answer.json);
  if (codes.length > 0) expect(codes, answer.text).toContain(problem.code);
  expect(problem.status).toBe(answer.status);
  expect(problem.status).toBe(errorTable[problem.code as ErrorCode].status);
  expect(problem.instance).toBe(answer.headers['x-request-id']);
  expect(problem.detail).not.toBe('');
  return problem;
}
