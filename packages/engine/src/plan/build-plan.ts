/**
 * What a run would do, without doing it: the order of the steps, what each may change, and which are already decided.
 *
 * Pure. The interpreter orders by the same rules (`step-dependencies.ts`), at run time.
 *   P1. Steps stand in the order in which they run one after the other (`order-steps.ts`).
 *   P2. `will_run` is `null` where only the run can tell.
 *   P3. A plan is for a workflow without violations.
 */
import { maxEffect, OattyError, stepCondition } from '@oatty/types';
import type { Effect, Step, Workflow } from '@oatty/types';
import { evaluateExpression } from '../expression/evaluate-expression.ts';
import { isTruthy } from '../expression/json-values.ts';
import { parseCondition } from '../expression/parse-template.ts';
import type { CommandSource } from '../ports/command-source.ts';
import { orderSteps } from './order-steps.ts';
import { toPlanHash } from './plan-hash.ts';
import { stepDependencies } from './step-dependencies.ts';

export interface Plan {
  readonly workflow_id: string;
  /** The greatest effect of the steps; what a sub-workflow does counts. */
  readonly effect: Effect;
  /** Identifies the manifest, the inputs and the effects; a confirmation is bound to it. */
  readonly plan_hash: string;
  readonly steps: readonly PlannedStep[];
}

export interface PlannedStep {
  /** Position in the order of running, from 0. */
  readonly index: number;
  readonly step_id: string;
  readonly run: string;
  readonly effect: Effect;
  readonly depends_on: readonly string[];
  /** Every step that must have ended before: `depends_on` and references. */
  readonly after: readonly string[];
  readonly condition: string | null;
  readonly will_run: boolean | null;
}

/**
 * @param inputs - resolved inputs; an optional one that was not given is `null`
 * @throws {OattyError} `COMMAND_NOT_FOUND` for a step that runs none
 */
export async function buildPlan(
  workflow: Workflow,
  inputs: Readonly<Record<string, unknown>>,
  commands: CommandSource,
): Promise<Plan> {
  const steps = planSteps(workflow, inputs, commands);
  return {
    workflow_id: workflow.workflow,
    effect: steps.map((step) => step.effect).reduce(maxEffect, 'safe'),
    plan_hash: await toPlanHash({ workflow, inputs, steps }),
    steps,
  };
}

/** The condition of a step as the author wrote it. */
export function conditionText(step: Step): string | null {
  const condition = stepCondition(step);
  return condition === null || condition === undefined ? null : String(condition);
}

// --- internal ---

function planSteps(
  workflow: Workflow,
  inputs: Readonly<Record<string, unknown>>,
  commands: CommandSource,
): readonly PlannedStep[] {
  const decided = new Map<string, boolean | null>();
  const items = workflow.steps.map((step) => {
    const { gates, orders } = stepDependencies(step);
    return { id: step.id, step, gates, after: [...gates, ...orders] };
  });
  return orderSteps(items).map(({ step, gates, after }, index) => {
    const will_run = decide(step, gates, inputs, decided);
    decided.set(step.id, will_run);
    return {
      index,
      step_id: step.id,
      run: step.run,
      effect: findEffect(step, commands),
      depends_on: gates,
      after,
      condition: conditionText(step),
      will_run,
    };
  });
}

function findEffect(step: Step, commands: CommandSource): Effect {
  const found = commands.find(step.run);
  if (found !== undefined) return found.command.effect;
  throw new OattyError('COMMAND_NOT_FOUND', `Step "${step.id}" runs "${step.run}", which is no command.`, {
    context: { step_id: step.id, command_id: step.run },
  });
}

function decide(
  step: Step,
  gates: readonly string[],
  inputs: Readonly<Record<string, unknown>>,
  decided: ReadonlyMap<string, boolean | null>,
): boolean | null {
  const answers = [...gates.map((id) => decided.get(id) ?? null), decideCondition(step, inputs)];
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

function decideCondition(step: Step, inputs: Readonly<Record<string, unknown>>): boolean | null {
  const condition = stepCondition(step);
  if (condition === null || condition === undefined) return true;
  if (typeof condition === 'boolean') return condition;
  try {
    return isTruthy(evaluateExpression(parseCondition(condition), { inputs }));
  } catch (thrown) {
    const { code } = OattyError.from(thrown);
    // It reads what only the run has, or does too much: the run will say so, with the step.
    if (code === 'EXPRESSION_FAILED' || code === 'LIMIT_EXCEEDED') return null;
    throw thrown;
  }
}
