/** What several results have in common. */
import type { Problem } from '@oatty/runtime';
import * as z from 'zod';

export const optional = z.exactOptional;

export const anObject = z.record(z.string(), z.unknown());

export const problemSchema: z.ZodType<Problem> = z
  .strictObject({ path: z.string(), message: z.string() })
  .describe('What cannot be read, and why.');
