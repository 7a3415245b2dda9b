import { OattyError } from '@oatty/types';
import type { Question } from '@oatty/types';
import type { RunInspection } from '@oatty/runtime';
import { requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { cliCaller } from '../cli-caller.ts';
import { readAnswer } from '../input/answer.ts';
import { showRun, toExitCode } from '../output/show-run.ts';
import { toQuestionLines } from '../output/run-text.ts';

export const command: CliCommand = {
  path: 'runs respond',
  summary: 'Answer what a waiting run asks. The run then goes on.',
  positionals: [
    { name: 'ID', required: true, description: 'Id of the run.' },
    { name: 'ANSWER', required: false, description: 'A choice (approve, retry), or a JSON object.' },
  ],
  options: {
    question: { type: 'string', value: 'ID', description: 'Which question; default: the oldest.' },
  },
  examples: [
    'oatty runs respond 01J… approve',
    `oatty runs respond 01J… '{"decision": "skip", "output": "1"}'`,
  ],
  async run(context, input) {
    const runId = requiredPositional(input, 0);
    const { runs } = await context.oatty();
    const question = findQuestion(await runs.inspect(runId), textOption(input, 'question'));
    const answer = await readAnswer(context, question, input.positionals[1]);
    await runs.respond(runId, answer, question.question_id, cliCaller.principal);
    const run = await runs.rest(runId, context.signal);
    const { open_questions } = await runs.inspect(runId);
    if (run.status !== 'waiting') {
      showRun(context, run);
      return toExitCode(run);
    }
    context.print(run, () => open_questions.flatMap((open) => toQuestionLines(runId, open)).join('\n'));
    return 0;
  },
};

// --- internal ---

function findQuestion({ run, open_questions }: RunInspection, id: string | undefined): Question {
  const question = open_questions.find(({ question_id }) => id === undefined || question_id === id);
  if (question !== undefined) return question;
  if (id !== undefined && open_questions.length > 0) {
    throw new OattyError('ARGUMENT_INVALID', `Run "${run.run_id}" asks no question "${id}".`, {
      suggestedAction: `Use one of: ${open_questions.map(({ question_id }) => question_id).join(', ')}.`,
    });
  }
  throw new OattyError('RUN_STATE_CONFLICT', `Run "${run.run_id}" asks nothing: it is ${run.status}.`, {
    context: { run_id: run.run_id, status: run.status },
  });
}
