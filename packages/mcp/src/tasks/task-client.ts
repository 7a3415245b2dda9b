/** A connected client, as tasks see it: no SDK type, no protocol revision. Nothing here throws. */
import type { Question } from '@oatty/types';
import type { McpTask } from './mcp-task.ts';
import type { Form } from './question-form.ts';
import type { RunProgress, StepOutput } from './run-view.ts';
import type { SamplingRequest } from './sampling-request.ts';

export interface TaskClient {
  /** Best effort: a client that is not listening misses it. */
  tellTask(task: McpTask, progress: RunProgress, output?: StepOutput): void;
  /** Best effort. `token` is the one that the client chose for this task. */
  tellProgress(token: ProgressToken, taskId: string, steps: StepCount): void;
  /** Whether a question about this run would reach the client now. */
  canAsk(runId: string): boolean;
  /** Whether there is somebody behind the client for such a question: a person, or for `sampling` a model. */
  takes(kind: Question['kind']): boolean;
  /** Whether it waits for the result of this run, and does not know the forms that it has declared. */
  isStuck(runId: string): boolean;
  /** Shows a form to the person, until `signal` says that the answer is not needed any more. */
  ask(form: Form, runId: string, signal: AbortSignal): Promise<FormAnswer>;
  /** Lets the client's model write. */
  write(request: SamplingRequest, runId: string, signal: AbortSignal): Promise<WrittenAnswer>;
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

export type WrittenAnswer =
  | { readonly kind: 'written'; readonly result: unknown }
  /** The model, or the client, could not. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The person did not allow it. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'lost' };
