import { OattyError } from '@oatty/types';
import type * as z from 'zod';

/**
 * What a service says it has done.
 *
 * @throws {OattyError} `OUTCOME_UNKNOWN`: it answered that all is well, and not what it has made
 */
export function readAnswer<Answer>(schema: z.ZodType<Answer>, answer: unknown, service: string): Answer {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new OattyError('OUTCOME_UNKNOWN', `${service} did not say what it has made.`, {
    suggestedAction: 'Look there whether it was done; check that the base URL of the catalog is right.',
    context: { service },
  });
}
