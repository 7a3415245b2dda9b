/**
 * Operators, loosest first: `? :`, `??`, `||`, `&&`, `== !=`, `< <= > >=`, `in`, `+ -`, `* / %`, then `!` and `-`.
 * All of two operands group to the left, `? :` to the right.
 */
import type {
  BinaryExpression,
  BinaryOperator,
  ConditionalExpression,
  Expression,
  LogicalExpression,
  LogicalOperator,
  UnaryExpression,
} from './expression.ts';
import { explainSymbol } from './parse-hints.ts';
import { parseOperand } from './parse-operand.ts';
import type { TokenCursor } from './token-cursor.ts';

const logicalLevels: Readonly<Record<LogicalOperator, number>> = { '??': 1, '||': 2, '&&': 3 };

const binaryLevels: Readonly<Record<BinaryOperator, number>> = {
  '==': 4,
  '!=': 4,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  in: 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
};

/** The rule for a whole expression. */
export function parseConditional(cursor: TokenCursor): Expression {
  const { start } = cursor.token;
  const condition = parseBinary(cursor, 1);
  if (!cursor.accept('?')) return condition;
  const whenTrue = cursor.nested();
  cursor.expect(':', 'A choice is written: condition ? value : other.');
  const whenFalse = cursor.nested();
  return cursor.node<ConditionalExpression>(start, { kind: 'conditional', condition, whenTrue, whenFalse }, [
    condition,
    whenTrue,
    whenFalse,
  ]);
}

// --- internal ---

function parseBinary(cursor: TokenCursor, minimumLevel: number): Expression {
  const { start } = cursor.token;
  let left = parseUnary(cursor);
  for (;;) {
    const operator = operatorAt(cursor);
    if (operator === undefined || operator.level < minimumLevel) return left;
    cursor.advance();
    const right = parseBinary(cursor, operator.level + 1);
    left = combine(cursor, start, operator, left, right);
  }
}

type Operator =
  | { readonly kind: 'logical'; readonly operator: LogicalOperator; readonly level: number }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly level: number };

function operatorAt(cursor: TokenCursor): Operator | undefined {
  const { token } = cursor;
  if (token.kind !== 'symbol' && !cursor.isAtWord('in')) return undefined;
  const written = token.kind === 'symbol' ? token.symbol : 'in';
  if (isLogical(written)) return { kind: 'logical', operator: written, level: logicalLevels[written] };
  if (isBinary(written)) return { kind: 'binary', operator: written, level: binaryLevels[written] };
  const advice = explainSymbol(written, cursor.rest);
  if (advice !== undefined) throw cursor.invalid(`"${written}" is not an operator`, advice);
  return undefined;
}

/** `start` is where the left operand begins, its parentheses included. */
function combine(
  cursor: TokenCursor,
  start: number,
  found: Operator,
  left: Expression,
  right: Expression,
): Expression {
  if (found.kind === 'logical') {
    const fields = { kind: found.kind, operator: found.operator, left, right };
    return cursor.node<LogicalExpression>(start, fields, [left, right]);
  }
  const fields = { kind: found.kind, operator: found.operator, left, right };
  return cursor.node<BinaryExpression>(start, fields, [left, right]);
}

/** Signs are collected first and built from the inside, so that a long row of them needs no recursion. */
function parseUnary(cursor: TokenCursor): Expression {
  const signs: { operator: UnaryExpression['operator']; start: number }[] = [];
  while (cursor.isAt('!') || cursor.isAt('-')) {
    signs.push({ operator: cursor.isAt('!') ? '!' : '-', start: cursor.advance().start });
  }
  let operand = parseOperand(cursor);
  for (const { operator, start } of signs.reverse()) {
    operand = cursor.node<UnaryExpression>(start, { kind: 'unary', operator, operand }, [operand]);
  }
  return operand;
}

function isLogical(written: string): written is LogicalOperator {
  return Object.hasOwn(logicalLevels, written);
}

function isBinary(written: string): written is BinaryOperator {
  return Object.hasOwn(binaryLevels, written);
}
