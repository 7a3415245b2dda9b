/** The arguments of tools that give pages of the command and the provider catalog. */
import type { CatalogPageOptions } from '@oatty/runtime';
import * as z from 'zod';

export const catalogPageArguments = z.strictObject({
  vendor: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.int().min(1).max(100).default(50),
});

export function toCatalogPage({
  vendor,
  cursor,
  limit,
}: z.infer<typeof catalogPageArguments>): CatalogPageOptions {
  return { ...(vendor !== undefined && { vendor }), ...(cursor !== undefined && { cursor }), limit };
}
