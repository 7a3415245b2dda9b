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
    const { requireOpenQuestion } = await import('@oatty/runtime');
    const question = requireOpenQuestion(await runs.inspect(runId), textOption(input, 'question'));
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
