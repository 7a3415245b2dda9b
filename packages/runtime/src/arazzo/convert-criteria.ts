/**
 * The criteria of a step: what its manifest must check beside the status.
 *
 *   K1. A status below 400 is a success of ours. A criterion that asks for fewer statuses is checked where the failure
 *       of the step matters, and else a warning; one that takes a failure for a success is a refusal.
 *   K2. What looks into the body or the headers becomes a condition on the answer of the step.
 *   K3. What cannot be checked (jsonpath, xpath) is a refusal where later steps change data, else a warning.
 */
import type { Findings } from './findings.ts';
import type { Shape } from './read-shape.ts';
import { listOf, shapeOf, textOf } from './read-shape.ts';
import type { ExpressionScope, Translation } from './runtime-expression.ts';
import { translateExpression } from './runtime-expression.ts';
import { convertCondition } from './convert-condition.ts';
import { toStringLiteral } from './path-text.ts';
import { acceptedByAll, acceptedStatuses, compareWithSuccess } from './status-criterion.ts';

export interface CriteriaPlace {
  readonly path: string;
  readonly scope: ExpressionScope;
  readonly findings: Findings;
  /** Whether a step after this one may change data. */
  readonly matters: boolean;
  /** Whether something is done after a failure of the step. */
  readonly hasFailureActions: boolean;
}

export interface SuccessCriteria {
  /** True when the answer is as it must be; absent where nothing is asked of it. */
  readonly until?: string;
  /** What the criteria accept; absent where they do not say. */
  readonly statuses?: ReadonlySet<number>;
}

export function convertSuccessCriteria(criteria: unknown, place: CriteriaPlace): SuccessCriteria {
  const accepting: ReadonlySet<number>[] = [];
  const conditions = listOf(criteria).flatMap((entry, index) => {
    const criterion = shapeOf(entry);
    const at = { ...place, path: `${place.path}[${index}]` };
    const accepted = acceptedStatuses(criterion);
    const translation = translateCriterion(criterion, place.scope);
    if (accepted !== undefined) {
      accepting.push(accepted);
      const isChecked = 'text' in translation && (place.matters || place.hasFailureActions);
      return judgeStatuses(criterion, accepted, at, isChecked) && isChecked ? [translation.text] : [];
    }
    if ('text' in translation) return [translation.text];
    const { findings, matters, path } = at;
    if (matters)
      findings.refuse(path, 'arazzo_criterion', `${translation.reason}, and later steps change data.`);
    else findings.warn(path, 'arazzo_criterion', `${translation.reason}; it is not checked.`);
    return [];
  });
  const statuses = acceptedByAll(accepting);
  return {
    ...(conditions.length > 0 && { until: allOf(conditions) }),
    ...(statuses && { statuses }),
  };
}

/** A criterion as an expression that may be missing. */
export function translateCriterion(criterion: Shape, scope: ExpressionScope): Translation {
  const type = textOf(shapeOf(criterion['type'])['type']) ?? textOf(criterion['type']) ?? 'simple';
  const condition = textOf(criterion['condition']);
  if (condition === undefined) return { reason: 'The criterion has no condition' };
  if (type === 'simple') return convertCondition(condition, scope);
  if (type !== 'regex') return { reason: `Criteria of type ${type} have no counterpart` };
  const context = translateExpression(textOf(criterion['context']) ?? '', scope);
  if (!('text' in context)) return context;
  return { text: `matches(to_string(${context.text}), ${toStringLiteral(condition)})` };
}

/** True when each one is, and false where one is missing. */
export function allOf(conditions: readonly string[]): string {
  return `(${conditions.map((condition) => (conditions.length > 1 ? `(${condition})` : condition)).join(' && ')}) ?? false`;
}

// --- internal ---

/** K1 @returns whether it asks for more than every success */
function judgeStatuses(
  criterion: Shape,
  accepted: ReadonlySet<number>,
  { path, findings }: CriteriaPlace,
  isChecked: boolean,
): boolean {
  const condition = textOf(criterion['condition']) ?? '';
  switch (compareWithSuccess(accepted)) {
    case 'same':
      return false;
    case 'narrower':
      if (!isChecked) {
        findings.warn(
          path,
          'arazzo_status',
          `"${condition}" is taken as: any status below 400 is a success.`,
        );
      }
      return true;
    case 'other':
      findings.refuse(
        path,
        'arazzo_status',
        `"${condition}" takes a failed call, or a redirect that is followed, for a success.`,
      );
      return false;
  }
}
