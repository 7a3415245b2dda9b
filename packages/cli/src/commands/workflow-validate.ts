import type { WorkflowValidationDocument } from '@oatty/runtime';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { createPaint } from '../output/color.ts';
import { toViolationLines } from '../output/write-error.ts';
import { readManifest } from './manifest-file.ts';

export const command: CliCommand = {
  path: 'workflow validate',
  summary: 'Check manifests: every violation and warning at once.',
  positionals: [{ name: 'FILE', required: true, variadic: true, description: 'Manifests; - for stdin.' }],
  examples: ['oatty workflow validate workflows/*.yaml'],
  async run(context, input) {
    const files: FileReport[] = [];
    for (const path of input.positionals) files.push(await validateFile(context, path));
    const document = { valid: files.every(({ valid }) => valid), files };
    context.print(document, () => files.map((file) => toFileText(file, context)).join('\n'));
    return document.valid ? 0 : 2;
  },
};

// --- internal ---

type FileReport = { readonly path: string } & WorkflowValidationDocument;

async function validateFile(context: CliContext, path: string): Promise<FileReport> {
  const { workflows } = await context.oatty();
  return { path, ...(await workflows.validate(await readManifest(context, path))) };
}

function toFileText({ path, valid, violations, warnings }: FileReport, { flags }: CliContext): string {
  const paint = createPaint(flags.color);
  const verdict = valid ? paint.green('valid') : paint.red(`${violations.length} violations`);
  const remark = warnings.length > 0 ? `, ${warnings.length} warnings` : '';
  const warningLines = toViolationLines(warnings, paint).map((line) =>
    line.replace(/^ {2}/, `  ${paint.yellow('warning')} `),
  );
  return [`${path}: ${verdict}${remark}`, ...toViolationLines(violations, paint), ...warningLines].join('\n');
}
