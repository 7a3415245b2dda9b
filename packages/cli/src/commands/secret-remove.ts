import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { confirm } from '../input/ask.ts';

export const command: CliCommand = {
  path: 'secret remove',
  summary: 'Forget a secret.',
  positionals: [{ name: 'NAME', required: true, description: 'Name of the secret.' }],
  async run(context, input) {
    const name = requiredPositional(input, 0);
    await confirm(context, `Forget secret ${name}?`);
    const { secrets } = await context.oatty();
    const removed = await secrets.remove(name);
    context.print({ name, removed }, () =>
      removed ? `Secret ${name} is gone` : `There was no secret ${name}`,
    );
    return 0;
  },
};
