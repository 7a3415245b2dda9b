/** The results of the run tools, in full. Loaded when somebody reads the schema of one. */
import { runDocumentSchema, runStatusSchema } from '@oatty/types';
import type { RunSummary } from '@oatty/types';
import * as z from 'zod';
import type { OperationDocument } from '../tasks/task-document.ts';
import { anObject, optional } from './parts.ts';

export const run = runDocumentSchema;

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

export const runStarted = z.strictObject({
  run_id: z.string(),
  workflow_id: z.string(),
  status: runStatusSchema,
});

const summary: z.ZodType<RunSummary> = z.strictObject({
  run_id: z.string(),
  workflow_id: z.string(),
  status: runStatusSchema,
  created_at: z.string(),
  started_at: optional(z.string()),
  finished_at: optional(z.string()),
  duration_ms: optional(z.number()),
});

export const runList = z.strictObject({ items: z.array(summary), next_cursor: optional(z.string()) });
