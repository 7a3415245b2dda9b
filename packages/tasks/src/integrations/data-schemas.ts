/** What several integrations take. */
import * as z from 'zod';

/** Text on one line: nothing in it begins a header or another line. */
export const lineSchema = z
  .string()
  .trim()
  .regex(/^\P{Cc}+$/u, 'It is one line.');

export const vendorSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]*$/)
  .describe('First word of the commands of the imported catalog.');
