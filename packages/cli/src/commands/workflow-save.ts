import { isSet, requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { readManifest } from '../input/workflow-source.ts';
import { showWarnings } from '../output/show-warnings.ts';

export const command: CliCommand = {
  path: 'workflow save',
  summary: 'Validate a manifest and save it under its id.',
  positionals: [{ name: 'FILE', required: true, description: 'The manifest; - for stdin.' }],
  options: {
    overwrite: { type: 'boolean', description: 'Replace the workflow of that id.' },
    'expected-version': {
      type: 'string',
      value: 'V',
      description: 'Replace it only if this is its version.',
    },
  },
  async run(context, input) {
    const { manifest, format } = await readManifest(context, requiredPositional(input, 0));
    const expectedVersion = textOption(input, 'expected-version');
    const { workflows } = await context.oatty();
    const document = await workflows.save({
      content: manifest,
      format,
      overwrite: isSet(input, 'overwrite'),
      ...(expectedVersion !== undefined && { expectedVersion }),
    });
    context.print(document, ({ workflow_id, path }) => `Saved workflow ${workflow_id} to ${path}`);
    showWarnings(context, document.warnings);
    return 0;
  },
};
