/** The properties of what an operation gives at its end (tasks/task-document.ts). */
import type { Tool } from './tool.ts';

export const operationOutput: Tool['output'] = {
  run_id: 'string',
  workflow_id: 'string',
  status: 'string',
  summary: 'string',
  outputs: 'object',
  final_output: 'any',
  duration_ms: 'integer',
};

/** The same, of an operation that saved what it ran. */
export const savedOperationOutput: Tool['output'] = {
  ...operationOutput,
  path: 'string',
  version: 'string',
  overwritten: 'boolean',
};
