/** Arguments that several tools take, with one wording. */
import * as z from 'zod';

/** Any object, as it was given. A record would lose a key named `__proto__` without a word. */
export const jsonObject = z
  .custom<Record<string, unknown>>(isObject, 'expected an object')
  .meta({ type: 'object' });

export const confirmArgument = z.boolean().optional().describe('The person agreed.');

export const planHashArgument = z.string().optional().describe('The plan agreed to.');

/** How a description of an API is named, validated, previewed and imported. */
export const descriptionSource = {
  source: z.string().describe('Path or URL.'),
  source_type: z.enum(['path', 'url']).optional(),
  allow_private: z.boolean().optional().describe('Also private addresses.'),
};

/** What an import and its preview take besides the source. */
export const importArguments = {
  ...descriptionSource,
  catalog_title: z.string().optional().describe("Default: the document's."),
  vendor: z.string().optional().describe('First word of command ids.'),
  base_url: z.string().optional().describe("Default: the document's."),
};

// --- internal ---

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
