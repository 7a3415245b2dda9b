import * as z from 'zod';
import { runDocumentOutput } from './run-document.ts';
import { defineTool } from './tool.ts';

export const runStatus = defineTool({
  kind: 'call',
  name: 'run.status',
  description:
    'Shows a run: status, steps, outputs so far, what it asks (then run.respond). It has ended when succeeded, failed or canceled.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ run_id: z.string() }),
  output: runDocumentOutput,
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).run,
  async run(args, { oatty, caller }) {
    const { run, open_questions } = await oatty.runs.inspect(args.run_id, caller.principal);
    return { ...run, ...(open_questions.length > 0 && { open_questions }) };
  },
});
