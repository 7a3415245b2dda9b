/**
 * Path → value, or `MissingValue`.
 *
 *   L1. Only own properties are seen; `__proto__` and `constructor` are names like any other.
 *   L2. A path through `null` or a scalar, an index out of range, a step without output and a root that is not available
 *       are missing. An index of a type that cannot be one is a failure that nothing allows.
 *   L3. Reading a secret is told to the scope.
 *   L4. A key that was computed from a secret, and the keys of what was made of one, are not named.
 */
import { isRecord } from '@oatty/types';
import { failedExpression } from './expression-error.ts';
import type { Expression, LocalExpression, PathExpression, PathLike, Segment } from './expression.ts';
import type { Evaluation, Evaluator, Variables } from './evaluation.ts';
import { describeType } from './json-values.ts';
import { explainMissingKey, MissingValue } from './missing-value.ts';
import type { StepLookup } from './scope.ts';

export function lookupPath(
  node: PathLike,
  evaluation: Evaluation,
  variables: Variables | undefined,
  evaluate: Evaluator,
): unknown {
  const keyOf = (segment: Segment): string | number =>
    segment.kind === 'key'
      ? segment.key
      : toIndex(segment.expression, evaluate(segment.expression, evaluation, variables));
  if (node.kind === 'access') {
    return follow(node, evaluate(node.target, evaluation, variables), 0, keyOf, evaluation);
  }
  if (node.kind === 'local') return follow(node, variableOf(node, variables), 0, keyOf, evaluation);
  return lookupRoot(node, keyOf, evaluation);
}

// --- internal ---

type KeyOf = (segment: Segment) => string | number;

function lookupRoot(node: PathExpression, keyOf: KeyOf, evaluation: Evaluation): unknown {
  const { scope } = evaluation;
  const [first] = node.segments;
  switch (node.root) {
    case 'steps':
    case 'responses':
      return lookupStep(node, first, scope[node.root], keyOf, evaluation);
    case 'secrets':
      return lookupSecret(node, first, keyOf, evaluation);
    case 'inputs':
      return lookupInput(node, first, keyOf, evaluation);
    case 'env':
    case 'run':
    case 'item':
    case 'index': {
      const value = scope[node.root];
      return value === undefined ? unavailable(node) : follow(node, value, 0, keyOf, evaluation);
    }
  }
}

function lookupStep(
  node: PathExpression,
  first: Segment | undefined,
  steps: StepLookup | undefined,
  keyOf: KeyOf,
  evaluation: Evaluation,
): unknown {
  if (steps === undefined || first === undefined) return unavailable(node);
  const id = String(keyOf(first));
  const step = steps.get(id);
  if (step === undefined) {
    return new MissingValue(node, first.start, `there is no step "${id}"`, {
      key: id,
      existingKeys: () => steps.keys(),
    });
  }
  if (step.status === 'available') return follow(node, step.output, 1, keyOf, evaluation);
  return new MissingValue(node, first.start, `step "${id}" ${step.reason}`, { isPending: true });
}

function lookupSecret(
  node: PathExpression,
  first: Segment | undefined,
  keyOf: KeyOf,
  evaluation: Evaluation,
): unknown {
  const { secrets } = evaluation.scope;
  if (secrets === undefined || first === undefined) return unavailable(node);
  const name = String(keyOf(first));
  const value = secrets.get(name);
  if (value === undefined) {
    return new MissingValue(node, first.start, `there is no secret "${name}" here`, {
      key: name,
      existingKeys: () => secrets.keys(),
    });
  }
  evaluation.readSecret(value);
  return follow(node, value, 1, keyOf, evaluation);
}

function lookupInput(
  node: PathExpression,
  first: Segment | undefined,
  keyOf: KeyOf,
  evaluation: Evaluation,
): unknown {
  const { inputs, secretInputs } = evaluation.scope;
  if (inputs === undefined) return unavailable(node);
  if (first === undefined) {
    for (const name of secretInputs ?? []) evaluation.readSecret(inputs[name]);
    return inputs;
  }
  const key = keyOf(first);
  const value = enter(node, first, inputs, key, evaluation);
  if (value instanceof MissingValue) return value;
  if (secretInputs?.has(String(key))) evaluation.readSecret(value);
  return follow(node, value, 1, keyOf, evaluation);
}

function unavailable(node: PathExpression): MissingValue {
  return new MissingValue(node, node.start, `"${node.root}" is not available here`, { isPending: true });
}

function variableOf(node: LocalExpression, variables: Variables | undefined): unknown {
  let variable = variables;
  while (variable !== undefined && variable.name !== node.name) variable = variable.outer;
  return variable?.value;
}

/** Goes on from `value` with the segments from `firstSegment`. */
function follow(
  node: PathLike,
  value: unknown,
  firstSegment: number,
  keyOf: KeyOf,
  evaluation: Evaluation,
): unknown {
  let reached: unknown = value ?? null;
  for (const segment of firstSegment === 0 ? node.segments : node.segments.slice(firstSegment)) {
    evaluation.spend(1);
    reached = enter(node, segment, reached, keyOf(segment), evaluation);
    if (reached instanceof MissingValue) return reached;
  }
  return reached;
}

function enter(
  node: PathLike,
  segment: Segment,
  value: unknown,
  key: string | number,
  { isTainted }: Evaluation,
): unknown {
  const found = childOf(value, key);
  if (found !== undefined) return found;
  const before = node.text
    .slice(0, segment.start - node.start)
    .trimEnd()
    .replace(/\.$/, '');
  const named = isTainted && segment.kind !== 'key' ? undefined : key; // L4
  const keys =
    isRecord(value) && !isTainted ? { key: String(key), existingKeys: () => Object.keys(value) } : {};
  return new MissingValue(node, segment.start, explainMissingKey(before, value, named), keys);
}

function childOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? (value as unknown[])[key] : undefined;
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function toIndex(node: Expression, value: unknown): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw failedExpression(node, `an index is a number or a string, not ${describeType(value)}`);
}
