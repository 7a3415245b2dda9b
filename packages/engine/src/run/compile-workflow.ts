/**
 * A manifest made ready for running: every expression parsed once, every duration in milliseconds.
 *
 * Pure. A workflow that passed validation always compiles.
 */
import { OattyError, stepCondition } from '@oatty/types';
import type { Step, Workflow } from '@oatty/types';
import type { Expression } from '../expression/expression.ts';
import { parseCondition } from '../expression/parse-template.ts';
import { findCycles } from '../plan/order-steps.ts';
import { stepDependencies } from '../plan/step-dependencies.ts';
import { durationMs } from './duration-ms.ts';
import { toRetryPolicy } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { RunLimits } from './run-limits.ts';
import { listReadResponses } from './step-response.ts';

export interface CompiledWorkflow {
  /** In declaration order. */
  readonly steps: readonly CompiledStep[];
  readonly maxParallel: number;
  /** Bounds the run. */
  readonly timeoutMs: number | undefined;
}

export interface CompiledStep {
  readonly step: Step;
  /** Steps that must have succeeded. */
  readonly gates: readonly string[];
  /** Every step that must have ended; the gates too. */
  readonly after: readonly string[];
  readonly condition: Condition;
  readonly items: Items;
  /** How many items run side by side. */
  readonly concurrency: number;
  readonly polling: Polling | undefined;
  readonly retry: RetryPolicy;
  /** Bounds one attempt. */
  readonly timeoutMs: number | undefined;
  /** An expression reads status or headers of its answer. */
  readonly keepsResponse: boolean;
  /** `on_failure: continue` */
  readonly continues: boolean;
}

type Condition =
  | { readonly kind: 'constant'; readonly holds: boolean }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly text: string };

type Items =
  | { readonly kind: 'none' }
  | { readonly kind: 'template'; readonly list: readonly unknown[] }
  | { readonly kind: 'expression'; readonly expression: Expression };

export interface Polling {
  readonly until: Expression;
  readonly everyMs: number;
  /** Bounds the polling of one item. */
  readonly timeoutMs: number | undefined;
  readonly maxPolls: number;
}

/** @throws {OattyError} `LIMIT_EXCEEDED` */
export function refuseTooManySteps(workflow: Workflow, { maxSteps }: RunLimits): void {
  if (workflow.steps.length <= maxSteps) return;
  throw new OattyError('LIMIT_EXCEEDED', `A workflow may have at most ${maxSteps} steps.`, {
    context: { workflow_id: workflow.workflow, limit: 'maxSteps', maximum: maxSteps },
  });
}

/** @throws {OattyError} `WORKFLOW_VALIDATION_FAILED`, `EXPRESSION_INVALID` or `LIMIT_EXCEEDED` */
export function compileWorkflow(workflow: Workflow, limits: RunLimits): CompiledWorkflow {
  refuseTooManySteps(workflow, limits);
  const ids = new Set(workflow.steps.map((step) => step.id));
  const read = listReadResponses(workflow);
  const steps = workflow.steps.map((step) => compileStep(step, ids, read));
  refuseCycles(workflow, steps);
  return {
    steps,
    maxParallel: workflow.max_parallel ?? 1,
    timeoutMs: durationMs(workflow.timeout, 'timeout'),
  };
}

// --- internal ---

const defaultEveryMs = 1_000;
const defaultMaxPolls = 100;

function compileStep(step: Step, ids: ReadonlySet<string>, read: ReadonlySet<string>): CompiledStep {
  const { gates, orders } = stepDependencies(step);
  return {
    step,
    gates,
    after: [...gates, ...orders.filter((id) => ids.has(id))],
    condition: compileCondition(stepCondition(step)),
    items: compileItems(step.for_each),
    concurrency: step.concurrency ?? 1,
    polling: compilePolling(step.repeat),
    retry: toRetryPolicy(step.retry),
    timeoutMs: durationMs(step.timeout, 'timeout'),
    keepsResponse: read.has(step.id),
    continues: step.on_failure === 'continue',
  };
}

function compileCondition(condition: string | boolean | null | undefined): Condition {
  if (typeof condition !== 'string') return { kind: 'constant', holds: condition !== false };
  return { kind: 'expression', expression: parseCondition(condition), text: condition };
}

function compileItems(forEach: Step['for_each']): Items {
  if (forEach === null || forEach === undefined) return { kind: 'none' };
  if (typeof forEach !== 'string') return { kind: 'template', list: forEach };
  return { kind: 'expression', expression: parseCondition(forEach) };
}

/** Without `until` there is nothing to wait for. */
function compilePolling(repeat: Step['repeat']): Polling | undefined {
  if (typeof repeat?.until !== 'string' || repeat.until.trim() === '') return undefined;
  return {
    until: parseCondition(repeat.until),
    everyMs: durationMs(repeat.every, 'repeat.every') ?? defaultEveryMs,
    timeoutMs: durationMs(repeat.timeout, 'repeat.timeout'),
    maxPolls: repeat.max_attempts ?? defaultMaxPolls,
  };
}

function refuseCycles(workflow: Workflow, steps: readonly CompiledStep[]): void {
  const [cycle] = findCycles(steps.map(({ step, after }) => ({ id: step.id, after })));
  if (cycle === undefined) return;
  throw new OattyError('WORKFLOW_VALIDATION_FAILED', `Steps wait for each other: ${cycle.join(', ')}.`, {
    context: { workflow_id: workflow.workflow, steps: cycle },
  });
}
