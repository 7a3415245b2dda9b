import type { CatalogChanges } from '@oatty/runtime';

/** `2 added, 0 removed, 1 changed` */
export function toChangesText({ added, removed, changed }: CatalogChanges): string {
  return `${added.length} added, ${removed.length} removed, ${changed.length} changed`;
}
