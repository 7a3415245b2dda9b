/**
 * An answer to a question of a run.
 *
 *   A1. Where a person is to agree (destructive steps, an approval), the person answers and not the model: they are asked
 *       whether the answer is theirs. Where nobody can be asked, the answer is the caller's word for it, as `confirm` is.
 *   A2. Nobody confirms more than the access token allows.
 */
import type { Question } from '@oatty/types';
import * as z from 'zod';
import { requireAllowance } from './allowance.ts';
import { jsonObject } from './argument-schemas.ts';
import { requireConfirmation } from './person.ts';
import { defineTool } from './tool.ts';
import type { ToolContext } from './tool.ts';

const input = z.strictObject({
  run_id: z.string(),
  answer: jsonObject.describe('As the schema of the question says.'),
  question_id: z.string().optional().describe('Default: the oldest one.'),
});

export const runRespond = defineTool({
  kind: 'call',
  name: 'run.respond',
  description: 'Answers a question of a waiting run (open_questions of run.status). Ask the person first.',
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input,
  output: { run_id: 'string', workflow_id: 'string', status: 'string' },
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).runStarted,
  async run(args, context) {
    const { oatty, caller } = context;
    const { run_id: runId, answer } = args;
    const { open_questions: open } = await oatty.runs.inspect(runId, caller.principal);
    const questionId = args.question_id ?? open[0]?.question_id;
    const question = open.find(({ question_id }) => question_id === questionId);
    if (question) await requirePerson(question, args, context);
    await oatty.runs.respond(runId, answer, questionId, caller.principal);
    const { run_id, workflow_id, status } = await oatty.runs.get(runId);
    return { run_id, workflow_id, status };
  },
});

// --- internal ---

/** A1 */
async function requirePerson(
  { kind, question_id, message }: Question,
  { run_id, answer }: z.infer<typeof input>,
  context: ToolContext,
): Promise<void> {
  if (kind !== 'confirmation' && kind !== 'approval') return;
  if (kind === 'confirmation') requireAllowance('The answer', 'destructive', context); // A2
  const question = `${message} Answer with ${JSON.stringify(answer)}?`;
  await requireConfirmation(
    { message: question, confirm: true, context: { run_id, question_id, answer } },
    context.person,
  );
}
