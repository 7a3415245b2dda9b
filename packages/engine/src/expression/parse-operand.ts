/** One operand: a literal, a list, an object, a name, a call or something in parentheses, and the path that follows. */
import { didYouMean } from '@oatty/types';
import type {
  AccessExpression,
  Expression,
  ListExpression,
  LiteralExpression,
  LocalExpression,
  ObjectExpression,
  RootName,
} from './expression.ts';
import { rootNames } from './expression.ts';
import { functionNames, isFunctionName, signatureOf } from './functions/function-signatures.ts';
import { parseCall, parseMethodCall } from './parse-call.ts';
import { explainFunction } from './function-hints.ts';
import { explainRoot, explainSymbol, explainWord } from './parse-hints.ts';
import { parseRootPath, parseSegments } from './parse-path.ts';
import type { TokenCursor } from './token-cursor.ts';

export function parseOperand(cursor: TokenCursor): Expression {
  const { start } = cursor.token;
  let operand = parseHead(cursor);
  for (;;) {
    if (cursor.isAtMethodCall()) {
      operand = parseMethodCall(cursor, start, operand);
    } else if (cursor.isAt('.') || cursor.isAt('[')) {
      const { segments, indexes } = parseSegments(cursor);
      operand = cursor.node<AccessExpression>(start, { kind: 'access', target: operand, segments }, [
        operand,
        ...indexes,
      ]);
    } else {
      return operand;
    }
  }
}

// --- internal ---

function parseHead(cursor: TokenCursor): Expression {
  const { token } = cursor;
  switch (token.kind) {
    case 'number':
    case 'text':
      cursor.advance();
      return cursor.node<LiteralExpression>(token.start, { kind: 'literal', value: token.value });
    case 'name':
      cursor.advance();
      return parseNamed(cursor, token.start, token.name);
    case 'symbol':
      return parseBracketed(cursor, token.start, token.symbol);
    case 'end':
      throw cursor.invalid('Expected a value');
  }
}

const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function parseNamed(cursor: TokenCursor, start: number, name: string): Expression {
  if (cursor.isAt('(') && isFunctionName(name)) return parseCall(cursor, start, name);
  if (Object.hasOwn(constants, name)) {
    return cursor.node<LiteralExpression>(start, { kind: 'literal', value: constants[name] ?? null });
  }
  if (cursor.variables.includes(name)) {
    const { segments, indexes } = parseSegments(cursor);
    return cursor.node<LocalExpression>(start, { kind: 'local', name, segments }, indexes);
  }
  if (isRootName(name)) return parseRootPath(cursor, start, name);
  throw unknownName(cursor, start, name);
}

function parseBracketed(cursor: TokenCursor, start: number, symbol: string): Expression {
  if (symbol === '(') {
    cursor.advance();
    const inner = cursor.nested();
    cursor.expect(')');
    return inner;
  }
  if (symbol === '[') return parseList(cursor, start);
  if (symbol === '{') return parseObject(cursor, start);
  throw cursor.invalid(`Expected a value, found "${symbol}"`, explainSymbol(symbol));
}

function parseList(cursor: TokenCursor, start: number): ListExpression {
  const items: Expression[] = [];
  cursor.advance();
  while (!cursor.isAt(']')) {
    items.push(cursor.nested());
    if (!cursor.accept(',')) break;
  }
  cursor.expect(']', 'Separate the elements of a list by commas and close it with "]".');
  return cursor.node<ListExpression>(start, { kind: 'list', items }, items);
}

function parseObject(cursor: TokenCursor, start: number): ObjectExpression {
  const entries = new Map<string, Expression>();
  cursor.advance();
  while (!cursor.isAt('}')) {
    const key = parseKey(cursor, entries);
    cursor.expect(':', 'An object is written: {name: value, "other name": value}.');
    entries.set(key, cursor.nested());
    if (!cursor.accept(',')) break;
  }
  cursor.expect('}', 'Separate the entries of an object by commas and close it with "}".');
  return cursor.node<ObjectExpression>(
    start,
    { kind: 'object', entries: [...entries].map(([key, value]) => ({ key, value })) },
    [...entries.values()],
  );
}

function parseKey(cursor: TokenCursor, taken: ReadonlyMap<string, Expression>): string {
  const { token } = cursor;
  if (token.kind !== 'name' && token.kind !== 'text') throw cursor.invalid('Expected a key');
  const key = token.kind === 'name' ? token.name : token.value;
  if (taken.has(key)) throw cursor.invalid(`The key "${key}" is there twice`);
  cursor.advance();
  return key;
}

function unknownName(cursor: TokenCursor, start: number, name: string) {
  if (cursor.isAt('(')) {
    const advice =
      explainFunction(name) ??
      didYouMean(name, functionNames) ??
      `The functions are: ${functionNames.join(', ')}.`;
    return cursor.invalid(`Unknown function "${name}"`, advice, start);
  }
  if (isFunctionName(name)) {
    return cursor.invalid(`"${name}" is a function`, `Call it: ${signatureOf(name)}.`, start);
  }
  const advice =
    explainWord(name) ??
    explainRoot(name) ??
    didYouMean(name, [...rootNames, ...cursor.variables]) ??
    `Paths begin with ${rootNames.join(', ')}; put text in quotes: '${name}'.`;
  return cursor.unknownName(name, start, advice);
}

function isRootName(name: string): name is RootName {
  return (rootNames as readonly string[]).includes(name);
}
