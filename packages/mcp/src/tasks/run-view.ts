/**
 * What a run is doing, told from its events. Pure.
 *
 *   P1. `state` is one of the five words of the requirements: a waiting run is reported as `running`.
 *   P2. `done` never falls; a step whose items are counted is done in part.
 */
import type { Question, RunDocument, RunEvent, StepStatus, TerminalRunStatus } from '@oatty/types';
import { toTaskStatus } from './mcp-task.ts';
import type { McpTaskStatus } from './mcp-task.ts';

/** The `oatty/progress` of a status notification. */
export interface RunProgress {
  readonly run_id: string;
  readonly step_id: string | null;
  readonly step_name: string | null;
  readonly state: 'pending' | 'running' | TerminalRunStatus;
  readonly summary: string;
}

/** The `oatty/output` of a status notification that tells of the end of a step. */
export interface StepOutput {
  readonly step_id: string;
  readonly status: StepStatus;
  /** Absent where there is none, or where it is longer than a notification should be. */
  readonly output?: unknown;
  /** The output is there, and is read with `run.status`. */
  readonly is_cut?: true;
}

export interface RunView {
  readonly runId: string;
  readonly status: McpTaskStatus;
  readonly state: RunProgress['state'];
  readonly stepId: string | null;
  /** What goes on before there are steps. */
  readonly stage?: string | undefined;
  readonly summary: string;
  /** Steps done, and parts of them. */
  readonly done: number;
  readonly total: number;
  /** When the last event happened. */
  readonly at: string;
  /** Step → command. */
  readonly commands: ReadonlyMap<string, string>;
}

export function startView(run: RunDocument): RunView {
  return {
    runId: run.run_id,
    status: 'working',
    state: 'pending',
    stepId: null,
    summary: `${run.workflow_id} is about to start.`,
    done: 0,
    total: run.steps.length,
    at: run.created_at,
    commands: new Map(),
  };
}

export function advanceView(view: RunView, event: RunEvent): RunView {
  return { ...view, at: event.at, ...toChange(view, event) };
}

export function toProgress(view: RunView): RunProgress {
  return {
    run_id: view.runId,
    step_id: view.stepId,
    step_name: view.stepId === null ? (view.stage ?? null) : (view.commands.get(view.stepId) ?? null),
    state: view.state,
    summary: view.summary,
  };
}

export function toStepOutput(event: RunEvent): StepOutput | undefined {
  if (event.type !== 'step_finished') return undefined;
  const { status, output } = event.result;
  const head = { step_id: event.step_id, status };
  if (output === undefined) return head;
  return JSON.stringify(output).length > maxOutputLength ? { ...head, is_cut: true } : { ...head, output };
}

// --- internal ---

/** Of JSON text, in characters. */
const maxOutputLength = 8_000;

function toChange(view: RunView, event: RunEvent): Partial<RunView> {
  switch (event.type) {
    case 'run_started':
      return {
        status: 'working',
        state: 'running',
        stage: undefined,
        summary: `${event.workflow_id} started.`,
      };
    case 'run_defined':
      return {
        status: 'working',
        state: 'pending',
        stage: 'save',
        summary: event.message,
        total: event.steps,
      };
    case 'step_started': {
      const commands = new Map(view.commands).set(event.step_id, event.run);
      const summary = `${event.step_id}: ${event.run}`;
      return { status: 'working', state: 'running', stepId: event.step_id, summary, commands };
    }
    case 'step_attempt':
      if (event.outcome !== 'retrying') return {};
      return {
        stepId: event.step_id,
        summary: `${event.step_id}: attempt ${event.attempt} failed, trying again.`,
      };
    case 'step_progress': {
      const summary = `${event.step_id}: ${event.message}`;
      return {
        stepId: event.step_id,
        summary,
        done: Math.max(view.done, Math.floor(view.done) + toPart(event)),
      };
    }
    case 'step_finished': {
      const done = Math.floor(view.done) + 1;
      const summary = `${event.step_id} ${event.result.status} (${done} of ${view.total}).`;
      return { stepId: event.step_id, summary, done };
    }
    case 'run_waiting':
      return {
        status: toTaskStatus('waiting', event.question !== undefined),
        state: 'running',
        stage: event.question && stages[event.question.kind],
        summary: event.question?.message ?? event.message,
      };
    case 'run_finished':
      return {
        status: toTaskStatus(event.status, false),
        state: event.status,
        stepId: event.error?.step_id ?? view.stepId,
        summary: event.error ? `${event.error.error_code}: ${event.error.message}` : `Run ${event.status}.`,
      };
  }
}

const stages = {
  sampling: 'draft',
  input: 'inputs',
  confirmation: 'confirm',
  approval: 'approve',
  decision: undefined,
} as const satisfies Record<Question['kind'], string | undefined>;

/** Less than a whole step: that is for `step_finished` to say. */
function toPart({ done, total }: { done: number; total?: number }): number {
  return total ? Math.min(done / total, 0.99) : 0;
}
