/** A catalog in the arguments of a tool: by id, or by its title. */
import { OattyError, toCatalogId } from '@oatty/types';
import * as z from 'zod';

export const catalogSelector = {
  catalog_id: z.string().optional().describe('This or catalog_title.'),
  catalog_title: z.string().optional(),
};

/** @throws {OattyError} `ARGUMENT_INVALID` unless exactly one of the two is given */
export function toSelectedCatalogId(args: z.infer<z.ZodObject<typeof catalogSelector>>): string {
  const { catalog_id: id, catalog_title: title } = args;
  if (id !== undefined && title === undefined) return id;
  if (title !== undefined && id === undefined) return toCatalogId(title); // the id is made of the title
  throw new OattyError('ARGUMENT_INVALID', 'Exactly one of catalog_id and catalog_title is needed.', {
    suggestedAction: 'Give catalog_id as catalog.list shows it.',
    context: { arguments: ['catalog_id', 'catalog_title'] },
  });
}
