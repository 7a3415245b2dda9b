/** A manifest as it was read, with the places of its parts in the author's text. */

export type ManifestPath = readonly (string | number)[];

/** Both start at 1. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

export interface SourceLocation extends SourcePosition {
  /** Of a string: where the character at an offset into its value stands. Absent where that is not known. */
  readonly inside?: (offset: number) => SourcePosition;
}

export interface ManifestDocument {
  /** What YAML or JSON gave; anything at all. */
  readonly value: unknown;
  /** Where the value at a path begins, or its key; `undefined` when there is nothing at that path. */
  locate(path: ManifestPath, target?: 'key' | 'value'): SourceLocation | undefined;
}
