import { isSet, requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { showWarnings } from '../output/show-warnings.ts';

export const command: CliCommand = {
  path: 'workflow rename',
  summary: 'Give a saved workflow another id.',
  positionals: [
    { name: 'ID', required: true, description: 'Id of the workflow.' },
    { name: 'NEW', required: true, description: 'Its new id.' },
  ],
  options: { overwrite: { type: 'boolean', description: 'Replace the workflow that has the new id.' } },
  async run(context, input) {
    const { workflows } = await context.oatty();
    const options = { overwrite: isSet(input, 'overwrite') };
    const document = await workflows.rename(
      requiredPositional(input, 0),
      requiredPositional(input, 1),
      options,
    );
    context.print(document, ({ renamed_from, workflow_id }) => `Renamed ${renamed_from} to ${workflow_id}`);
    showWarnings(context, document.warnings);
    return 0;
  },
};
