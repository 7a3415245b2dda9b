import { OattyError } from '@oatty/types';
import type * as z from 'zod';
import type { Action } from './action.ts';

/**
 * @param what - is named in the message
 * @throws {OattyError} `ARGUMENT_INVALID` with a violation for each mistake
 */
export function parseData(action: Action, data: unknown, what: string): unknown {
  const parsed = action.data.safeParse(data);
  if (parsed.success) return parsed.data;
  throw toDataViolations(parsed.error, what, '$.with.data');
}

/** @param root - path of the argument */
export function toDataViolations(error: z.ZodError, what: string, root: string): OattyError {
  const violations = error.issues.map(({ path, message }) => ({
    path: [root, ...path.map(String)].join('.'),
    rule: 'schema',
    message,
  }));
  const [first] = violations;
  return new OattyError(
    'ARGUMENT_INVALID',
    `Of "${what}" ${first?.path ?? root} does not fit: ${first?.message ?? ''}`,
    {
      suggestedAction: 'tasks integrations:list shows which data each action takes.',
      violations,
    },
  );
}
