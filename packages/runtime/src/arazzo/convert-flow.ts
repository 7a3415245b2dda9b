/**
 * The way through the steps of an Arazzo workflow → the condition (`if`) of each step.
 *
 *   G1. A step runs when one of the ways to it was taken: from the step before, or from a `goto`.
 *   G2. Of the actions of a step the first whose criteria hold is taken; without one the next step follows.
 *   G3. A step over which no way leads always runs.
 *   G4. Steps run once and forward only: a `goto` back, or into another workflow, is a refusal.
 */
import { allOf, translateCriterion } from './convert-criteria.ts';
import type { Findings } from './findings.ts';
import type { Shape } from './read-shape.ts';
import { listOf, shapeOf, textOf } from './read-shape.ts';
import type { ExpressionScope } from './runtime-expression.ts';
import { toPathText } from './path-text.ts';
import { acceptedStatuses, compareWithSuccess } from './status-criterion.ts';

export interface FlowStep {
  /** In the manifest, and in the document. */
  readonly id: string;
  readonly stepId: string;
  readonly path: string;
  readonly successActions: readonly Shape[];
  readonly scope: ExpressionScope;
  /** What its success criteria accept, where they say. */
  readonly statuses: ReadonlySet<number> | undefined;
}

/** @returns for each step its condition, `undefined` where it always runs */
export function convertFlow(steps: readonly FlowStep[], findings: Findings): (string | undefined)[] {
  const leaps = steps.map((step, index) => leapsFrom(step, index, steps, findings));
  const isCertain = (index: number) =>
    leaps.slice(0, index).every((list) => list.every(({ target }) => target <= index));
  return steps.map((_step, index) => {
    if (isCertain(index)) return undefined;
    const ways = leaps
      .slice(0, index)
      .flatMap((list, from) =>
        list
          .filter(({ target }) => target === index)
          .map(({ guard }) => toText(steps[from]?.id ?? '', isCertain(from), guard)),
      );
    if (ways.length === 0) return 'false';
    return ways.length === 1 ? ways[0] : ways.map((way) => `(${way})`).join(' || ');
  });
}

// --- internal ---

interface Leap {
  /** Index of the step; the number of steps ends the workflow. */
  readonly target: number;
  readonly guard: string | undefined;
}

/** A guard is false where a value is missing, so it needs no `has()` beside it when its step always runs. */
function toText(from: string, always: boolean, guard: string | undefined): string {
  const hasRun = always && guard !== undefined ? [] : [`has(${toPathText('steps', [from])})`];
  return [...hasRun, ...(guard === undefined ? [] : [guard])].join(' && ');
}

function leapsFrom(step: FlowStep, index: number, steps: readonly FlowStep[], findings: Findings): Leap[] {
  const leaps: Leap[] = [];
  const earlier: string[] = [];
  for (const [number, action] of step.successActions.entries()) {
    const path = `${step.path}.onSuccess[${number}]`;
    const target = targetOf(action, index, steps, path, findings);
    const decision = convertCriteria(listOf(action['criteria']), step, path, findings);
    if (target === undefined || decision.kind === 'never') continue;
    if (decision.kind === 'always') return [...leaps, { target, guard: join(earlier) }];
    leaps.push({ target, guard: join([...earlier, `(${decision.text})`]) });
    earlier.push(`!(${decision.text})`);
  }
  return [...leaps, { target: index + 1, guard: join(earlier) }];
}

function join(guards: readonly string[]): string | undefined {
  return guards.length === 0 ? undefined : guards.join(' && ');
}

function targetOf(
  action: Shape,
  index: number,
  steps: readonly FlowStep[],
  path: string,
  findings: Findings,
): number | undefined {
  const type = textOf(action['type']);
  if (type === 'end') return steps.length;
  const stepId = textOf(action['stepId']);
  const target = steps.findIndex((step) => step.stepId === stepId);
  if (type === 'goto' && stepId !== undefined && target > index) return target;
  const to = stepId ?? textOf(action['workflowId']) ?? 'nothing';
  const why =
    type !== 'goto'
      ? `An action of type "${type ?? ''}" has no counterpart.`
      : `A goto to "${to}" leads ${stepId === undefined ? 'out of the workflow' : target < 0 ? 'nowhere' : whyNotBack}.`;
  findings.refuse(path, 'arazzo_goto', why);
  return undefined;
}

const whyNotBack =
  'back, and a step runs once. What is to be asked again until it is true is a success criterion with a retry';

type Decision =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'sometimes'; readonly text: string };

function convertCriteria(
  criteria: readonly unknown[],
  { scope, statuses }: FlowStep,
  path: string,
  findings: Findings,
): Decision {
  const conditions: string[] = [];
  for (const [number, entry] of criteria.entries()) {
    const criterion = shapeOf(entry);
    const accepted = acceptedStatuses(criterion);
    if (accepted !== undefined) {
      if (isCertain(accepted, statuses)) continue;
      if (![...accepted].some((status) => status < 400)) return { kind: 'never' };
    }
    const translation = translateCriterion(criterion, scope);
    if ('text' in translation) conditions.push(translation.text);
    else findings.refuse(`${path}.criteria[${number}]`, 'arazzo_criterion', `${translation.reason}.`);
  }
  return conditions.length === 0 ? { kind: 'always' } : { kind: 'sometimes', text: allOf(conditions) };
}

/** Whether each success has one of these statuses. */
function isCertain(accepted: ReadonlySet<number>, statuses: ReadonlySet<number> | undefined): boolean {
  return (
    compareWithSuccess(accepted) === 'same' ||
    (statuses !== undefined && [...statuses].every((status) => accepted.has(status)))
  );
}
