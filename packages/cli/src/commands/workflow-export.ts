import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OattyError } from '@oatty/types';
import type { WorkflowDocument, WorkflowFormat } from '@oatty/runtime';
import { requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';

export const command: CliCommand = {
  path: 'workflow export',
  summary: 'Write a saved workflow to a new file.',
  positionals: [
    { name: 'ID', required: true, description: 'Id of the workflow.' },
    { name: 'FILE', required: true, description: 'The file; it must not exist yet.' },
  ],
  options: {
    format: {
      type: 'string',
      choices: ['yaml', 'json'],
      description: "Format of the file; the author's own text when it is the same.",
    },
  },
  async run(context, input) {
    const { workflows } = await context.oatty();
    const workflow = await workflows.get(requiredPositional(input, 0));
    const format = (textOption(input, 'format') ?? workflow.format) as WorkflowFormat; // checked against the choices
    const path = resolve(context.io.cwd, requiredPositional(input, 1));
    const text = await toFormat(workflow, format);
    await writeNewFile(path, text);
    const document = {
      workflow_id: workflow.workflow_id,
      output_path: path,
      format,
      bytes_written: Buffer.byteLength(text),
    };
    context.print(document, () => `Wrote ${path}`);
    return 0;
  },
};

// --- internal ---

async function toFormat(workflow: WorkflowDocument, format: WorkflowFormat): Promise<string> {
  if (format === workflow.format) return workflow.content;
  if (format === 'json') return `${JSON.stringify(workflow.parsed, null, 2)}\n`;
  const { stringify } = await import('yaml');
  return stringify(workflow.parsed);
}

async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new OattyError('STORAGE_FAILED', `${path} ${exists ? 'exists already' : 'cannot be written'}.`, {
      suggestedAction: exists ? 'Name a new file.' : 'Check that the directory exists and can be written.',
      context: { path },
      cause: error,
    });
  }
}
