import type { InputsPreviewDocument } from '@oatty/runtime';
import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';
import { inputOptions, readInputs } from '../input/input-values.ts';
import { selectWorkflow } from '../input/workflow-source.ts';

export const command: CliCommand = {
  path: 'workflow inputs',
  summary: 'Show what a workflow asks for.',
  positionals: [{ name: 'WORKFLOW', required: true, description: 'Id or file; - for stdin.' }],
  options: inputOptions,
  async run(context, input) {
    const { workflows } = await context.oatty();
    const selector = await selectWorkflow(context, requiredPositional(input, 0));
    const document = await workflows.previewInputs(selector, await readInputs(context, input));
    context.print(document, toInputsText);
    return 0;
  },
};

// --- internal ---

function toInputsText({ inputs, required_missing }: InputsPreviewDocument, { width }: TextStyle): string {
  if (inputs.length === 0) return 'The workflow has no inputs.';
  const rows = inputs.map(({ input, type, required, description }) => [
    input,
    type ?? 'string',
    required ? 'yes' : 'no',
    required_missing.includes(input) ? 'yes' : '',
    description ?? '',
  ]);
  return toTable(['INPUT', 'TYPE', 'REQUIRED', 'MISSING', 'DESCRIPTION'], rows, { width });
}
