import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { confirm } from '../input/ask.ts';
import { showWarnings } from '../output/show-warnings.ts';

export const command: CliCommand = {
  path: 'workflow delete',
  summary: 'Delete a saved workflow.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the workflow.' }],
  async run(context, input) {
    const id = requiredPositional(input, 0);
    const { workflows } = await context.oatty();
    const { path } = await workflows.get(id);
    const { nameDependents } = await import('@oatty/runtime');
    const needed = nameDependents(await workflows.dependentsOf(id));
    const warning = needed === undefined ? '' : `, which ${needed} would fail without`;
    await confirm(context, `Delete workflow ${id} (${path})${warning}?`);
    const document = await workflows.delete(id);
    context.print(document, () => `Deleted workflow ${id}`);
    showWarnings(context, document.warnings);
    return 0;
  },
};
