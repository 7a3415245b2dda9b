import * as z from 'zod';
import { jsonObject } from './argument-schemas.ts';
import { defineTool } from './tool.ts';

export const runRespond = defineTool({
  kind: 'call',
  name: 'run.respond',
  description: 'Answers a question of a waiting run (open_questions of run.status). Ask the person first.',
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: z.strictObject({
    run_id: z.string(),
    answer: jsonObject.describe('As the schema of the question says.'),
    question_id: z.string().optional().describe('Default: the oldest one.'),
  }),
  output: { run_id: 'string', workflow_id: 'string', status: 'string' },
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).runStarted,
  async run(args, { oatty, caller }) {
    await oatty.runs.inspect(args.run_id, caller.principal);
    await oatty.runs.respond(args.run_id, args.answer, args.question_id, caller.principal);
    const { run_id, workflow_id, status } = await oatty.runs.get(args.run_id);
    return { run_id, workflow_id, status };
  },
});
