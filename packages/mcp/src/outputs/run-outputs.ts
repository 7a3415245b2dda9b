/** The results of the run tools, in full. Loaded when somebody reads the schema of one. */
import type { ResumePlanDocument } from '@oatty/runtime';
import { effectSchema, runDocumentSchema, runStatusSchema } from '@oatty/types';
import type { RunSummary } from '@oatty/types';
import * as z from 'zod';
import type { OperationDocument } from '../tasks/task-document.ts';
import { anObject, optional } from './parts.ts';

export const run = runDocumentSchema;

const resumePlan: z.ZodType<ResumePlanDocument> = z.strictObject({
  run_id: z.string(),
  workflow_id: z.string(),
  can_resume: z.boolean(),
  problems: z.array(z.string()).describe('What makes it impossible.'),
  steps: z.array(
    z.strictObject({
      step_id: z.string(),
      run: z.string(),
      action: z.enum(['kept', 'run_again', 'new', 'removed']),
      reason: z.string(),
      effect: effectSchema,
    }),
  ),
  effect: effectSchema,
  changed_commands: z.array(z.string()),
  doubtful_steps: z.array(z.string()).describe('Their call may have been carried out already.'),
  plan_hash: z.string(),
});

/** What an operation gives at its end (tasks/task-document.ts). */
export const operation: z.ZodType<OperationDocument> = z.strictObject({
  run_id: z.string(),
  workflow_id: z.string(),
  status: runStatusSchema,
  summary: z.string().describe('One sentence for people.'),
  outputs: anObject.describe('By step; only of steps that have one.'),
  final_output: z.unknown(),
  duration_ms: optional(z.number()),
  version: optional(z.string().describe('Of the workflow that was saved first.')),
  path: optional(z.string()),
  overwritten: optional(z.boolean()),
});

/** With `preview` there is no new run. */
export const runResumed = z.strictObject({
  run_id: optional(z.string()),
  workflow_id: z.string(),
  status: optional(runStatusSchema),
  resumed_from: z.string(),
  plan: resumePlan,
});

export const historyPurged = z.strictObject({
  purged: z.boolean(),
  workflow_id: z.string().nullable(),
  input_keys: z.array(z.string()),
  removed_entries: z.int(),
  kept_entries: z.int(),
});

export const runStarted = z.strictObject({
  run_id: z.string(),
  workflow_id: z.string(),
  status: runStatusSchema,
  deduplicated: optional(z.literal(true)).describe('Another run of the queue has the key: it is this one.'),
});

const summary: z.ZodType<RunSummary> = z.strictObject({
  run_id: z.string(),
  workflow_id: z.string(),
  status: runStatusSchema,
  resumed_from: optional(z.string()),
  queue: optional(z.string()),
  created_at: z.string(),
  started_at: optional(z.string()),
  finished_at: optional(z.string()),
  duration_ms: optional(z.number()),
  due_at: optional(z.string()),
});

export const runList = z.strictObject({ items: z.array(summary), next_cursor: optional(z.string()) });
