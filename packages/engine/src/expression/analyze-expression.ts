/**
 * What an expression reads, found without evaluating it: for validation, for the order of steps, and to fetch the
 * secrets that a step needs.
 *
 *   A1. Every path that begins at a root is reported once per occurrence, in the order of the text. The variables of
 *       `filter` and the like are local and not reported.
 *   A2. `guarded` paths may be missing: those inside `has()`, on the left of `??` and in the first argument of
 *       `default()`.
 */
import type { Expression, PathExpression, RootName, Segment } from './expression.ts';

export interface Reference {
  readonly root: RootName;
  /** After the root; for `steps` and `responses` the id comes first, and the `output` after it is gone. `dynamic` ones are not known yet. */
  readonly segments: readonly (string | number | { readonly dynamic: true })[];
  readonly guarded: boolean;
  readonly start: number;
  readonly end: number;
  /** The path as written. */
  readonly text: string;
}

export function references(expression: Expression): readonly Reference[] {
  const found: Reference[] = [];
  visit(expression, false, found);
  return found;
}

// --- internal ---

function visit(node: Expression, guarded: boolean, found: Reference[]): void {
  if (node.kind === 'path') found.push(toReference(node, guarded));
  for (const child of children(node)) visit(child, guarded || allowsMissing(node, child), found);
}

function allowsMissing(node: Expression, child: Expression): boolean {
  return node.kind === 'has' || (node.kind === 'logical' && node.operator === '??' && child === node.left);
}

/** The expressions directly inside another one, in the order of the text. */
function children(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'literal':
      return [];
    case 'path':
    case 'local':
      return indexes(node.segments);
    case 'access':
      return [node.target, ...indexes(node.segments)];
    case 'list':
      return node.items;
    case 'object':
      return node.entries.map((entry) => entry.value);
    case 'unary':
      return [node.operand];
    case 'binary':
    case 'logical':
      return [node.left, node.right];
    case 'conditional':
      return [node.condition, node.whenTrue, node.whenFalse];
    case 'call':
      return node.arguments;
    case 'each':
      return [node.list, node.body];
    case 'has':
      return [node.path];
  }
}

function indexes(segments: readonly Segment[]): readonly Expression[] {
  return segments.flatMap((segment) => (segment.kind === 'dynamic' ? [segment.expression] : []));
}

function toReference(node: PathExpression, guarded: boolean): Reference {
  return {
    root: node.root,
    segments: node.segments.map((segment) => (segment.kind === 'key' ? segment.key : { dynamic: true })),
    guarded,
    start: node.start,
    end: node.end,
    text: node.text,
  };
}
