/**
 * Expressions of a manifest → runtime expressions and simple conditions of Arazzo.
 *
 *   E1. A value of a step is an output of that step; each place that is read gets a name there. So are its status and
 *       its headers.
 *   E2. A runtime expression only names a value. Whatever computes has no counterpart, and gets a reason.
 *   E3. `x ?? false` in a condition, and `x ?? null` in an output, are what Arazzo does with a missing value.
 */
import type { Expression, RootName } from '@oatty/engine';

export type Exported = { readonly text: string } | { readonly reason: string };

/** Something that Arazzo reads of the answer of a call. */
interface AnswerPart {
  /** As of the step itself: `$response.body#/id`, `$statusCode`, `$response.header.location`. */
  readonly source: string;
  /** What it is named after. */
  readonly keys: readonly (string | number)[];
}

/** The outputs that the steps of one workflow must name. */
export class StepOutputs {
  /** By step: what is read of its answer, and its name. */
  readonly #byStep = new Map<string, Map<string, string>>();

  /** @returns the name of the output for a part of the answer, such as `items_0_id` for `$response.body#/items/0/id` */
  nameOf(step: string, { source, keys }: AnswerPart): string {
    const outputs = this.#byStep.get(step) ?? new Map<string, string>();
    this.#byStep.set(step, outputs);
    const known = outputs.get(source);
    if (known !== undefined) return known;
    const base = keys.map((key) => String(key).replaceAll(/\W/g, '_')).join('_') || 'body';
    const taken = new Set(outputs.values());
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}_${number}`;
    outputs.set(source, name);
    return name;
  }

  /** `undefined` where nothing of the step is read. */
  of(step: string): Readonly<Record<string, string>> | undefined {
    const outputs = this.#byStep.get(step);
    if (outputs === undefined) return undefined;
    return Object.fromEntries([...outputs].map(([source, name]) => [name, source]));
  }
}

export interface ExportScope {
  readonly outputs: StepOutputs;
  /** Steps before this place. */
  readonly steps: ReadonlySet<string>;
  /** The step whose response is at hand: its values are places in `$response.body`. */
  readonly response?: string;
}

export function exportExpression(expression: Expression, scope: ExportScope): Exported {
  if (expression.kind !== 'path') return { reason: `"${expression.text}" computes a value` };
  const keys = expression.segments.flatMap((segment) => (segment.kind === 'key' ? [segment.key] : []));
  const [first, ...rest] = keys;
  const isWritten = keys.length === expression.segments.length && first !== undefined;
  if (!isWritten) return { reason: `"${expression.text}" is only known in a run` };
  if (expression.root === 'inputs') return exportInput(expression.text, String(first), rest);
  const part = toAnswerPart(expression.root, rest);
  if (part === undefined) return { reason: `"${expression.text}" is nothing that Arazzo knows` };
  const step = String(first);
  if (step === scope.response) return { text: part.source };
  if (!scope.steps.has(step))
    return { reason: `"${expression.text}" reads a step that comes later in the file` };
  return { text: `$steps.${step}.outputs.${scope.outputs.nameOf(step, part)}` };
}

/** A condition of type `simple`: comparisons of values and literals, joined by `&&`, `||` and `!`. */
export function exportCondition(expression: Expression, scope: ExportScope): Exported {
  const computed: Exported = { reason: `"${expression.text}" computes a value` };
  if (expression.kind === 'logical') {
    const { operator, left, right } = expression;
    if (operator === '??') return isLiteral(right, false) ? exportCondition(left, scope) : computed;
    const parts = [exportCondition(left, scope), exportCondition(right, scope)];
    return joined(parts, (first, second) => `(${first}) ${operator} (${second})`);
  }
  if (expression.kind === 'unary' && expression.operator === '!') {
    return joined([exportCondition(expression.operand, scope)], (operand) => `!(${operand})`);
  }
  if (expression.kind !== 'binary' || !comparisons.has(expression.operator)) return computed;
  const { operator, left, right } = expression;
  const parts = [exportOperand(left, scope), exportOperand(right, scope)];
  return joined(parts, (first, second) => `${first} ${operator} ${second}`);
}

export const caseMessage = 'Arazzo ignores case where it compares strings; a manifest does not.';

/** Whether a condition compares a string as it is, where Arazzo ignores its case. */
export function heedsCase(expression: Expression): boolean {
  if (expression.kind === 'logical') return heedsCase(expression.left) || heedsCase(expression.right);
  if (expression.kind === 'unary') return heedsCase(expression.operand);
  if (expression.kind !== 'binary') return false;
  const sides = [expression.left, expression.right];
  const isText = sides.some((side) => side.kind === 'literal' && typeof side.value === 'string');
  return isText && !sides.some((side) => withoutCase(side) !== side);
}

/** `x ?? null` → `x` */
export function withoutFallback(expression: Expression): Expression {
  const isFallback = expression.kind === 'logical' && expression.operator === '??';
  return isFallback && isLiteral(expression.right, null) ? expression.left : expression;
}

// --- internal ---

/** E1 */
function toAnswerPart(root: RootName, keys: readonly (string | number)[]): AnswerPart | undefined {
  if (root === 'steps') {
    const pointer = keys.map((key) => `/${toToken(key)}`).join('');
    return { source: pointer === '' ? '$response.body' : `$response.body#${pointer}`, keys };
  }
  const [part, name, ...rest] = keys;
  if (root !== 'responses' || rest.length > 0) return undefined;
  if (part === 'status' && name === undefined) return { source: '$statusCode', keys };
  if (part === 'headers' && name !== undefined) return { source: `$response.header.${name}`, keys: [name] };
  return undefined;
}

const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=']);

function toToken(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

function exportInput(text: string, name: string, rest: readonly (string | number)[]): Exported {
  const isPlain = rest.every((key) => /^[\w-]+$/.test(String(key)));
  return isPlain
    ? { text: ['$inputs', name, ...rest].join('.') }
    : { reason: `"${text}" has a key that is no name` };
}

function exportOperand(expression: Expression, scope: ExportScope): Exported {
  if (expression.kind === 'literal') return { text: toLiteral(expression.value) };
  return exportExpression(withoutCase(expression), scope);
}

/** `lower(to_string(x))`: Arazzo compares strings without regard to case by itself. */
function withoutCase(expression: Expression): Expression {
  const [inner] = expression.kind === 'call' && expression.name === 'lower' ? expression.arguments : [];
  const [value] = inner?.kind === 'call' && inner.name === 'to_string' ? inner.arguments : [];
  return value ?? expression;
}

function toLiteral(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function isLiteral(expression: Expression, value: boolean | null): boolean {
  return expression.kind === 'literal' && expression.value === value;
}

function joined(parts: readonly Exported[], join: (...texts: string[]) => string): Exported {
  const missing = parts.find((part) => 'reason' in part);
  return missing ?? { text: join(...parts.flatMap((part) => ('text' in part ? [part.text] : []))) };
}
