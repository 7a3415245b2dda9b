import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toPrintable } from '../output/printable.ts';

export const command: CliCommand = {
  path: 'workflow show',
  summary: "Print a saved workflow: the author's text.",
  positionals: [{ name: 'ID', required: true, description: 'Id of the workflow.' }],
  async run(context, input) {
    const { workflows } = await context.oatty();
    const document = await workflows.get(requiredPositional(input, 0));
    context.print(document, ({ content }, { isTerminal }) => (isTerminal ? toPrintable(content) : content));
    return 0;
  },
};
