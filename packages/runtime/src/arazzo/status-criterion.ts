/** Criteria that look at nothing but the status: which statuses do they accept? */
import { evaluateExpression, parseExpression } from '@oatty/engine';
import type { Shape } from './read-shape.ts';
import { toStringLiteral } from './path-text.ts';
import { textOf } from './read-shape.ts';

/** The accepted ones from 100 to 599; `undefined` for a criterion that is about something else. */
export function acceptedStatuses(criterion: Shape): ReadonlySet<number> | undefined {
  const type = textOf(criterion['type']) ?? 'simple';
  const condition = textOf(criterion['condition']) ?? '';
  if (type === 'regex' && criterion['context'] === '$statusCode') {
    return satisfying(`matches(to_string(inputs.status), ${toStringLiteral(condition)})`);
  }
  if (type !== 'simple' || !condition.includes('$statusCode')) return undefined;
  const expression = condition.replaceAll(/\$statusCode(?![\w.])/g, ' inputs.status ');
  return expression.includes('$') ? undefined : satisfying(expression);
}

/** Of a failed step, as `retry.on` names them: `5xx` for a whole class. */
export function toRetryStatuses(accepted: ReadonlySet<number>): (number | string)[] {
  return [4, 5].flatMap((hundreds): (number | string)[] => {
    const all = ofClass(hundreds);
    const some = all.filter((status) => accepted.has(status));
    return some.length === all.length ? [`${hundreds}xx`] : some;
  });
}

/** What all of the sets accept; `undefined` for none. */
export function acceptedByAll(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> | undefined {
  const [first, ...rest] = sets;
  return first && new Set([...first].filter((status) => rest.every((set) => set.has(status))));
}

/** How a set of accepted statuses stands to the rule of a manifest: a status below 400 is a success. */
export function compareWithSuccess(accepted: ReadonlySet<number>): 'same' | 'narrower' | 'other' {
  const isFailure = [...accepted].some((status) => status >= 400);
  const isNever = !ofClass(2).some((status) => accepted.has(status));
  if (isFailure || isNever) return 'other';
  return ofClass(2).every((status) => accepted.has(status)) ? 'same' : 'narrower';
}

// --- internal ---

const statuses = Array.from({ length: 500 }, (_, index) => 100 + index);

function ofClass(hundreds: number): number[] {
  return statuses.filter((status) => Math.floor(status / 100) === hundreds);
}

function satisfying(condition: string): ReadonlySet<number> | undefined {
  try {
    const expression = parseExpression(condition);
    return new Set(
      statuses.filter((status) => evaluateExpression(expression, { inputs: { status } }) === true),
    );
  } catch {
    return undefined;
  }
}
