/** The output schema of a run, one level deep. */
import * as z from 'zod';

export const runDocumentOutput = z.object({
  run_id: z.string(),
  workflow_id: z.string(),
  status: z.string().describe('pending, running, waiting, succeeded, failed or canceled'),
  inputs: z.unknown().describe('By name.'),
  steps: z.array(z.unknown()).describe('id, status, output, error?, attempts, duration_ms?'),
  final_output: z.unknown(),
  error: z.unknown().optional().describe('Why it failed.'),
});
