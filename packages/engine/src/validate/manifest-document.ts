/** A manifest as it was read, with the places of its parts in the author's text. */

export type ManifestPath = readonly (string | number)[];

export interface SourceLocation {
  /** Both start at 1. */
  readonly line: number;
  readonly column: number;
  /** Where the text of a string that stands on one line begins, after its quote: lets messages point inside it. */
  readonly text?: { readonly line: number; readonly column: number };
}

export interface ManifestDocument {
  /** What YAML or JSON gave; anything at all. */
  readonly value: unknown;
  /** Where the value at a path begins, or its key; `undefined` when there is nothing at that path. */
  locate(path: ManifestPath, target?: 'key' | 'value'): SourceLocation | undefined;
}
