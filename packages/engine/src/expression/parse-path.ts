/**
 * What follows a name: `.key`, `.0`, `[0]`, `['key']`, `[expression]`.
 *
 *   P1. `.0` and `[0]` are the same: an element of a list, or the key "0" of an object.
 *   P2. Steps and secrets are named in plain words, so that order and permission are known before anything runs.
 */
import type { Expression, PathExpression, RootName, Segment } from './expression.ts';
import type { TokenCursor } from './token-cursor.ts';

interface Segments {
  readonly segments: readonly Segment[];
  /** The expressions inside dynamic segments. */
  readonly indexes: readonly Expression[];
}

export function parseRootPath(cursor: TokenCursor, start: number, root: RootName): PathExpression {
  const { segments, indexes } = parseSegments(cursor);
  if (root === 'steps' || root === 'responses' || root === 'secrets')
    requirePlainName(cursor, start, root, segments[0]);
  return cursor.node<PathExpression>(
    start,
    { kind: 'path', root, segments: root === 'steps' ? withoutOutput(segments) : segments },
    indexes,
  );
}

/** Segments up to a method call or to what is no segment. */
export function parseSegments(cursor: TokenCursor): Segments {
  const segments: Segment[] = [];
  const indexes: Expression[] = [];
  for (;;) {
    if (cursor.isAt('[')) {
      const segment = parseIndex(cursor);
      segments.push(segment);
      if (segment.kind === 'dynamic') indexes.push(segment.expression);
    } else if (cursor.isAt('.') && !cursor.isAtMethodCall()) {
      const { name, start, end } = cursor.takeSegment();
      segments.push({ kind: 'key', key: toKey(name), start, end });
    } else {
      return { segments, indexes };
    }
  }
}

// --- internal ---

function parseIndex(cursor: TokenCursor): Segment {
  const { start } = cursor.advance();
  const expression = cursor.nested();
  const end = cursor.token.end;
  cursor.expect(']', "An index is written [0], ['key'] or [path].");
  const value = expression.kind === 'literal' ? expression.value : undefined;
  const isPlain = typeof value === 'string' || (Number.isSafeInteger(value) && Number(value) >= 0);
  return isPlain
    ? { kind: 'key', key: value as string | number, start, end } // what `isPlain` has just found out
    : { kind: 'dynamic', expression, start, end };
}

/** Digits are an index as long as the number is written the usual way. */
function toKey(name: string): string | number {
  return /^(?:0|[1-9]\d{0,14})$/.test(name) ? Number(name) : name;
}

function requirePlainName(
  cursor: TokenCursor,
  start: number,
  root: 'steps' | 'responses' | 'secrets',
  first: Segment | undefined,
): void {
  if (first?.kind === 'key') return;
  const example = root === 'secrets' ? 'secrets.<NAME>' : `${root}.<id>`;
  throw cursor.invalid(`"${root}" needs a plain name after it`, `Write ${example}.`, first?.start ?? start);
}

/** `steps.a.output.id` is `steps.a.id`. */
function withoutOutput(segments: readonly Segment[]): readonly Segment[] {
  const [step, second, ...rest] = segments;
  if (step === undefined || second?.kind !== 'key' || second.key !== 'output') return segments;
  return [step, ...rest];
}
