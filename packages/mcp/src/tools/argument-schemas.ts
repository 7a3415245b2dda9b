/** Arguments that several tools take, with one wording. */
import * as z from 'zod';

export const jsonObject = z.record(z.string(), z.unknown());

export const confirmArgument = z
  .boolean()
  .optional()
  .describe('The person has agreed. Counts only where the client cannot ask them itself.');

export const workflowIdArgument = z.string().describe('Id of a saved workflow.');

export const inputsArgument = jsonObject.optional().describe('Values of the inputs, by name.');

/** How a description of an API is named, validated, previewed and imported. */
export const descriptionSource = {
  source: z.string().describe('Path or URL of an OpenAPI document.'),
  source_type: z.enum(['path', 'url']).optional().describe('Inferred when absent.'),
  allow_private: z.boolean().optional().describe('Allows private and loopback addresses.'),
};

/** What an import and its preview take besides the source. */
export const importArguments = {
  ...descriptionSource,
  catalog_title: z.string().optional().describe("Default: the document's title."),
  vendor: z.string().optional().describe('First word of the command ids.'),
  base_url: z.string().optional().describe('Where requests go, when not as described.'),
};
