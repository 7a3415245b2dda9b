/** Calls. How many arguments a function takes is checked here, so that a wrong call is found before anything runs. */
import type {
  CallExpression,
  EachExpression,
  Expression,
  HasExpression,
  LogicalExpression,
} from './expression.ts';
import { isPathLike } from './expression.ts';
import { compilePattern } from './functions/compile-pattern.ts';
import type { EachName, FunctionName } from './functions/function-signatures.ts';
import { arityOf, isEachName, signatureOf } from './functions/function-signatures.ts';
import { explainFunction } from './function-hints.ts';
import type { TokenCursor } from './token-cursor.ts';

/** With the cursor at the `(` after the name. */
export function parseCall(cursor: TokenCursor, start: number, name: FunctionName): Expression {
  if (isEachName(name)) return parseEach(cursor, start, name);
  const given = parseArguments(cursor);
  requireArity(cursor, start, name, given.length);
  if (name === 'has') return toHas(cursor, start, given);
  if (name === 'default') return toFallback(cursor, start, given);
  if (name === 'matches') requirePattern(cursor, given);
  return cursor.node<CallExpression>(start, { kind: 'call', name, arguments: given }, given);
}

/** With the cursor at the dot of `.includes(x)`, the only method. */
export function parseMethodCall(cursor: TokenCursor, start: number, target: Expression): Expression {
  const method = cursor.takeSegment();
  if (method.name !== 'includes') {
    const advice = explainFunction(method.name) ?? 'The only method is .includes(x).';
    throw cursor.invalid(`There is no method "${method.name}"`, advice, method.start);
  }
  const given = parseArguments(cursor);
  if (given.length !== 1) throw cursor.invalid('includes() takes one argument', undefined, method.start);
  const operands = [target, ...given];
  return cursor.node<CallExpression>(
    start,
    { kind: 'call', name: 'contains', arguments: operands },
    operands,
  );
}

// --- internal ---

function parseArguments(cursor: TokenCursor): readonly Expression[] {
  const given: Expression[] = [];
  cursor.expect('(');
  while (!cursor.isAt(')')) {
    given.push(cursor.nested());
    if (!cursor.accept(',')) break;
  }
  cursor.expect(')', 'Separate arguments by commas and close the call with ")".');
  return given;
}

function requireArity(cursor: TokenCursor, start: number, name: FunctionName, given: number): void {
  const { minimum, maximum } = arityOf(name);
  if (given >= minimum && given <= maximum) return;
  const problem = `${name}() got ${given} argument${given === 1 ? '' : 's'}`;
  throw cursor.invalid(problem, `Write ${signatureOf(name)}.`, start);
}

function toHas(cursor: TokenCursor, start: number, [path]: readonly Expression[]): HasExpression {
  if (path === undefined || !isPathLike(path)) {
    throw cursor.invalid('has() takes a path', 'Write has(steps.list.id), say.', path?.start);
  }
  return cursor.node<HasExpression>(start, { kind: 'has', path }, [path]);
}

function toFallback(cursor: TokenCursor, start: number, given: readonly Expression[]): LogicalExpression {
  const [left, right] = given as readonly [Expression, Expression]; // the arity has been checked
  return cursor.node<LogicalExpression>(start, { kind: 'logical', operator: '??', left, right }, given);
}

function requirePattern(cursor: TokenCursor, [, pattern]: readonly Expression[]): void {
  if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string') return;
  const compiled = compilePattern(pattern.value);
  if (compiled.kind === 'valid') return;
  throw cursor.invalid(
    `The regular expression is not valid: ${compiled.problem}`,
    'Use the syntax of RE2: no look-around, no back references.',
    pattern.start,
  );
}

/** `filter(list, x, condition)`: the name `x` is known inside the condition only. */
function parseEach(cursor: TokenCursor, start: number, name: EachName): EachExpression {
  const usage = `Write ${signatureOf(name)}.`;
  cursor.expect('(');
  const list = cursor.nested();
  cursor.expect(',', usage);
  const variable = parseVariable(cursor, usage);
  cursor.expect(',', usage);
  cursor.variables.push(variable);
  const body = cursor.nested();
  cursor.variables.pop();
  cursor.expect(')', usage);
  return cursor.node<EachExpression>(start, { kind: 'each', name, list, variable, body }, [list, body]);
}

const reserved = ['inputs', 'steps', 'env', 'run', 'secrets', 'true', 'false', 'null', 'in'];

function parseVariable(cursor: TokenCursor, usage: string): string {
  const { token } = cursor;
  if (token.kind !== 'name') throw cursor.invalid('Expected the name of a variable', usage);
  if (reserved.includes(token.name)) {
    throw cursor.invalid(
      `"${token.name}" cannot be the name of a variable`,
      'Choose another name, such as x.',
    );
  }
  cursor.advance();
  return token.name;
}
