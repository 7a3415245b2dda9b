/** The properties of a run. */
import type { Tool } from './tool.ts';

export const runDocumentOutput: Tool['output'] = {
  run_id: 'string',
  workflow_id: 'string',
  status: 'string',
  inputs: 'object',
  steps: 'array',
  final_output: 'any',
  error: 'object',
  created_at: 'string',
  started_at: 'string',
  finished_at: 'string',
  duration_ms: 'integer',
  due_at: 'string',
  resumed_from: 'string',
  queue: 'string',
  claimed_at: 'string',
  open_questions: 'array',
};
