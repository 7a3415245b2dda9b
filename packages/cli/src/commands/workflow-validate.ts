import { OattyError } from '@oatty/types';
import type { WorkflowValidationDocument } from '@oatty/runtime';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { readManifest } from '../input/workflow-source.ts';
import { toCount } from '../output/count-text.ts';
import { toViolationLines } from '../output/error-text.ts';
import type { TextStyle } from '../output/text-style.ts';

export const command: CliCommand = {
  path: 'workflow validate',
  summary: 'Check manifests: all violations and warnings at once.',
  positionals: [{ name: 'FILE', required: true, variadic: true, description: 'Manifests; - for stdin.' }],
  examples: ['oatty workflow validate workflows/*.yaml'],
  async run(context, { positionals }) {
    const files: FileReport[] = [];
    for (const path of positionals) files.push(await validateFile(context, path));
    const document = { valid: files.every(({ valid }) => valid), files };
    context.print(document, (_, style) => files.map((file) => toFileText(file, style)).join('\n'));
    return document.valid ? 0 : 2;
  },
};

// --- internal ---

type FileReport = { readonly path: string } & WorkflowValidationDocument;

/** A file that is too large or too deep to be looked at is invalid too; one that is not there is an error. */
async function validateFile(context: CliContext, path: string): Promise<FileReport> {
  const { workflows } = await context.oatty();
  try {
    return { path, ...(await workflows.validate(await readManifest(context, path))) };
  } catch (thrown) {
    const { code, message, suggestedAction: suggestion } = OattyError.from(thrown);
    if (code !== 'LIMIT_EXCEEDED') throw thrown;
    const violation = { path: '$', rule: 'limit_exceeded', message, suggestion };
    return { path, workflow_id: null, valid: false, violations: [violation], warnings: [] };
  }
}

function toFileText({ path, valid, violations, warnings }: FileReport, { paint }: TextStyle): string {
  const verdict = valid ? paint.green('valid') : paint.red(toCount(violations.length, 'violation'));
  const remark = warnings.length > 0 ? `, ${toCount(warnings.length, 'warning')}` : '';
  const warningLines = toViolationLines(warnings, paint).map((line) =>
    line.replace(/^ {2}/, `  ${paint.yellow('warning')} `),
  );
  return [`${path}: ${verdict}${remark}`, ...toViolationLines(violations, paint), ...warningLines].join('\n');
}
