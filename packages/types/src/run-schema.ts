/** Runs, events and errors as schemas: for MCP output schemas, for journals, and for documentation. */
import * as z from 'zod';
import { errorTraits } from './error.ts';
import type { ErrorCode, ErrorData, ErrorPayload, Violation } from './error.ts';
import type { Question, RunDocument, RunEvent, StepResponse, StepResult } from './run.ts';

const optional = z.exactOptional;

const instantSchema = z.string().describe('ISO 8601 in UTC with milliseconds.');
const codes = Object.keys(errorTraits) as [ErrorCode, ...ErrorCode[]]; // the table is not empty

export const violationSchema: z.ZodType<Violation> = z
  .strictObject({
    path: z.string().describe('Where: $.steps[2].with.id'),
    rule: z.string().describe('Stable id of the rule.'),
    message: z.string(),
    expected: optional(z.unknown()),
    actual: optional(z.unknown()),
    line: optional(z.int()),
    column: optional(z.int()),
    suggestion: optional(z.string().describe('What to write instead.')),
  })
  .describe('One thing that is wrong, at one place.');

export const errorPayloadSchema: z.ZodType<ErrorPayload> = z
  .strictObject({
    error_code: z.enum(codes),
    category: z.enum(['validation', 'not_found', 'conflict', 'execution', 'internal']),
    message: z.string(),
    context: z.record(z.string(), z.unknown()).describe('Facts for programs.'),
    retryable: z.boolean(),
    suggested_action: z.string().describe('The one thing to do next.'),
    correlation_id: z.string().describe('The same in the log line of this failure.'),
    violations: optional(z.array(violationSchema)),
    step_id: optional(z.string()),
    command: optional(z.string()),
    response_payload: optional(z.unknown().describe('What the remote API answered, redacted and bounded.')),
  })
  .describe('What went wrong.');

export const errorDataSchema: z.ZodType<ErrorData> = z
  .strictObject({ code: z.int(), message: z.string(), data: errorPayloadSchema })
  .describe('An error as it goes over a wire.');

export const runStatusSchema = z.enum(['pending', 'running', 'waiting', 'succeeded', 'failed', 'canceled']);
const stepStatusSchema = z.enum([
  'pending',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'canceled',
]);

const stepResponseSchema: z.ZodType<StepResponse> = z.strictObject({
  status: z.int(),
  headers: z.record(z.string(), z.string()).describe('Lower-case names; without credentials.'),
});

export const stepResultSchema: z.ZodType<StepResult> = z
  .strictObject({
    id: z.string(),
    status: stepStatusSchema,
    output: optional(z.unknown().describe('A list in item order for a for_each.')),
    error: optional(errorPayloadSchema),
    response: optional(
      z
        .union([stepResponseSchema, z.array(stepResponseSchema.nullable())])
        .describe('Status and headers, where an expression reads them; a list in item order for a for_each.'),
    ),
    reason: optional(z.string().describe('Why the step was skipped.')),
    attempts: z.int().describe('Calls made, over all items, polls and retries.'),
    started_at: optional(instantSchema),
    finished_at: optional(instantSchema),
    duration_ms: optional(z.number()),
  })
  .describe('What became of one step.');

const questionSchema: z.ZodType<Question> = z
  .strictObject({
    question_id: z.string(),
    kind: z.enum(['input', 'confirmation', 'decision', 'approval', 'sampling']),
    message: z.string(),
    schema: z.record(z.string(), z.unknown()).describe('JSON Schema of the answer.'),
    writing: optional(z.record(z.string(), z.unknown()).describe('What a model is to write.')),
    approvers: optional(z.array(z.string()).describe('Whose answer counts; absent: anybody.')),
    due_at: optional(instantSchema.describe('When the run goes on without an answer.')),
  })
  .describe('What a run asks of a person or of a model.');

export const runDocumentSchema: z.ZodType<RunDocument> = z
  .strictObject({
    run_id: z.string(),
    workflow_id: z.string(),
    status: runStatusSchema,
    inputs: z.record(z.string(), z.unknown()).describe('Secret values are "[secret]".'),
    steps: z.array(stepResultSchema).describe('In declaration order.'),
    final_output: z.unknown(),
    error: optional(errorPayloadSchema),
    resumed_from: optional(z.string().describe('The run that this one carries on from.')),
    queue: optional(z.string().describe('Name of its queue.')),
    claimed_at: optional(
      instantSchema.describe('When it left the line of its queue; absent while it waits there.'),
    ),
    created_at: instantSchema,
    started_at: optional(instantSchema),
    finished_at: optional(instantSchema),
    duration_ms: optional(z.number()),
    due_at: optional(instantSchema.describe('When a waiting run goes on by itself.')),
    open_questions: optional(z.array(questionSchema).describe('What it asks, oldest first.')),
  })
  .describe('A run with the results of its steps.');

const eventHead = { run_id: z.string(), seq: z.int(), at: instantSchema };

export const runEventSchema: z.ZodType<RunEvent> = z
  .discriminatedUnion('type', [
    z.strictObject({ ...eventHead, type: z.literal('run_started'), workflow_id: z.string() }),
    z.strictObject({
      ...eventHead,
      type: z.literal('step_started'),
      step_id: z.string(),
      run: z.string(),
      items: optional(z.int()),
    }),
    z.strictObject({
      ...eventHead,
      type: z.literal('step_attempt'),
      step_id: z.string(),
      attempt: z.int().describe('Counts from 1 over the retries of one call.'),
      item: optional(z.int()),
      poll: optional(z.int()),
      outcome: z.enum(['succeeded', 'failed', 'retrying', 'canceled']),
      status: optional(z.int()),
      error: optional(errorPayloadSchema),
      delay_ms: optional(z.number()),
      output: optional(z.unknown().describe('What a poll gave after which there was another one.')),
      duration_ms: z.number(),
    }),
    z.strictObject({
      ...eventHead,
      type: z.literal('step_progress'),
      step_id: z.string(),
      done: z.int(),
      total: optional(z.int()),
      message: z.string(),
    }),
    z.strictObject({
      ...eventHead,
      type: z.literal('step_finished'),
      step_id: z.string(),
      result: stepResultSchema,
    }),
    z.strictObject({
      ...eventHead,
      type: z.literal('run_defined'),
      workflow_id: z.string(),
      steps: z.int(),
      message: z.string(),
    }),
    z.strictObject({
      ...eventHead,
      type: z.literal('run_waiting'),
      question: optional(questionSchema),
      until: optional(instantSchema),
      message: z.string(),
    }),
    z.strictObject({
      ...eventHead,
      type: z.literal('run_finished'),
      status: z.enum(['succeeded', 'failed', 'canceled']),
      final_output: optional(z.unknown()),
      error: optional(errorPayloadSchema),
    }),
  ])
  .describe('One thing that happened to a run.');
