/** A connected client, as tasks see it: no SDK type, no protocol revision. Nothing here throws. */
import type { McpTask } from './mcp-task.ts';
import type { Form } from './question-form.ts';
import type { RunProgress, StepOutput } from './run-view.ts';

export interface TaskClient {
  /** Best effort: a client that is not listening misses it. */
  tellTask(task: McpTask, progress: RunProgress, output?: StepOutput): void;
  /** Best effort. `token` is the one that the client chose for this task. */
  tellProgress(token: ProgressToken, taskId: string, steps: StepCount): void;
  /** Whether a form about this run would reach the client now. */
  canAsk(runId: string): boolean;
  /** Shows a form to the person, until `signal` says that the answer is not needed any more. */
  ask(form: Form, runId: string, signal: AbortSignal): Promise<FormAnswer>;
}

export type ProgressToken = string | number;

export interface StepCount {
  readonly done: number;
  readonly total: number;
  readonly message: string;
}

export type FormAnswer =
  | { readonly kind: 'accepted'; readonly content: Readonly<Record<string, unknown>> }
  /** The person said no, or closed the form. */
  | { readonly kind: 'declined' }
  /** The client went away or could not show it. */
  | { readonly kind: 'lost' };
