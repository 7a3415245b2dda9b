import type { WorkflowListDocument } from '@oatty/runtime';
import type { CliCommand } from '../cli-command.ts';
import { showWarnings } from '../output/show-warnings.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';

export const command: CliCommand = {
  path: 'workflow list',
  summary: 'List the saved workflows.',
  async run(context) {
    const { workflows } = await context.oatty();
    const document = await workflows.list();
    context.print(document, toListText);
    showWarnings(context, document.problems);
    return 0;
  },
};

// --- internal ---

function toListText({ items }: WorkflowListDocument, { width }: TextStyle): string {
  if (items.length === 0) return 'No workflows yet. Save one with: oatty workflow save FILE';
  const rows = items.map(({ workflow_id, inputs, steps, title }) => [
    workflow_id,
    `${inputs}`,
    `${steps}`,
    title ?? '',
  ]);
  return toTable(['WORKFLOW', 'INPUTS', 'STEPS', 'TITLE'], rows, { width });
}
