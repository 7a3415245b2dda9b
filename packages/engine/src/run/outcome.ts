/** How a piece of work ended: a step, one item of it, or one call with its polls. */
import type { OattyError, Question, StepResult } from '@oatty/types';

export type Outcome =
  | { readonly status: 'succeeded'; readonly output: unknown; readonly response?: Response }
  /** `output` is what was there when it failed: the last poll, the items so far. */
  | {
      readonly status: 'failed';
      readonly error: OattyError;
      readonly output?: unknown;
      readonly response?: Response;
    }
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'canceled'; readonly error: OattyError }
  /** Nothing goes on before one of these is answered, or before `dueAt` (epoch milliseconds). */
  | { readonly status: 'waiting'; readonly questions: readonly Question[]; readonly dueAt?: number };

/** See `step-response.ts`. */
type Response = NonNullable<StepResult['response']>;
