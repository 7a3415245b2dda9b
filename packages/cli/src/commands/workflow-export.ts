import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';
import type { WorkflowDocument, WorkflowFormat } from '@oatty/runtime';
import { requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { showWarnings } from '../output/show-warnings.ts';

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
      choices: ['yaml', 'json', 'arazzo'],
      description: "Format of the file; the author's own text when it is the same.",
    },
  },
  async run(context, input) {
    const id = requiredPositional(input, 0);
    const path = resolve(context.io.cwd, requiredPositional(input, 1));
    const { format, text, warnings } = await toText(context, id, path, textOption(input, 'format'));
    await writeNewFile(path, text);
    const document = {
      workflow_id: id,
      output_path: path,
      format,
      bytes_written: Buffer.byteLength(text),
      ...(warnings && { warnings }),
    };
    context.print(document, () => `Wrote ${path}`);
    if (warnings) showWarnings(context, warnings);
    return 0;
  },
};

// --- internal ---

interface ExportedText {
  readonly format: string;
  readonly text: string;
  /** Of an Arazzo document. */
  readonly warnings?: readonly Violation[];
}

async function toText(
  context: CliContext,
  id: string,
  path: string,
  wanted: string | undefined,
): Promise<ExportedText> {
  const { workflows } = await context.oatty();
  if (wanted === 'arazzo') {
    const { document, warnings } = await workflows.exportArazzo(id, { outputPath: path });
    return {
      format: wanted,
      text: await stringify(document, path.endsWith('.json') ? 'json' : 'yaml'),
      warnings,
    };
  }
  const workflow = await workflows.get(id);
  const format = (wanted ?? workflow.format) as WorkflowFormat; // checked against the choices
  return { format, text: await toFormat(workflow, format) };
}

async function toFormat(workflow: WorkflowDocument, format: WorkflowFormat): Promise<string> {
  if (format === workflow.format) return workflow.content;
  return stringify(workflow.parsed, format);
}

async function stringify(value: unknown, format: WorkflowFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  const yaml = await import('yaml');
  return yaml.stringify(value);
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
