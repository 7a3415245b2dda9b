/** Paths inside a value, as `select`, bindings and `workflow_output` write them: `data.items[0].id`, `.` for all of it. */
import { OattyError } from '@oatty/types';
import { evaluateExpression } from '../expression/evaluate-expression.ts';
import type { Expression, PathExpression } from '../expression/expression.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import type { PathKey } from '../schema/find-property.ts';

/**
 * The keys of a path.
 *
 * @throws {OattyError} `EXPRESSION_INVALID` for what is no path
 */
export function parseValuePath(path: string): readonly PathKey[] {
  return parse(path).segments.map((segment) => (segment.kind === 'key' ? segment.key : null));
}

/** The value at a path; `undefined` where it leads nowhere. @throws {OattyError} `EXPRESSION_INVALID` */
export function readValuePath(value: unknown, path: string): unknown {
  const expression = parse(path);
  try {
    return evaluateExpression(expression, { item: value ?? null });
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error.code === 'EXPRESSION_FAILED') return undefined;
    throw error;
  }
}

// --- internal ---

function parse(path: string): PathExpression {
  const trimmed = path.trim();
  const isAll = trimmed === '' || trimmed === '.';
  const text = isAll ? 'item' : trimmed.startsWith('[') ? `item${trimmed}` : `item.${trimmed}`;
  const expression = parseExpressionOrNothing(text);
  if (expression?.kind === 'path' && expression.root === 'item') return expression;
  throw new OattyError('EXPRESSION_INVALID', `"${path}" is no path such as data.items[0].id.`, {
    suggestedAction: "Write names with dots between them, and other keys in brackets: a['x y'].",
    context: { expression: path },
  });
}

function parseExpressionOrNothing(text: string): Expression | undefined {
  try {
    return parseExpression(text);
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error.code === 'EXPRESSION_INVALID') return undefined; // its positions would be those of another text
    throw error;
  }
}
