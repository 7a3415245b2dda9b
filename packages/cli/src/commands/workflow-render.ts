import type { RenderedPreviewDocument } from '@oatty/runtime';
import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toPrintable } from '../output/printable.ts';
import { inputOptions, readInputs } from './input-values.ts';
import { selectWorkflow } from './manifest-file.ts';

export const command: CliCommand = {
  path: 'workflow render',
  summary: 'Show every step with its templates filled in, as far as they can be known.',
  positionals: [{ name: 'WORKFLOW', required: true, description: 'Id or file.' }],
  options: inputOptions,
  async run(context, input) {
    const { workflows } = await context.oatty();
    const selector = await selectWorkflow(context, requiredPositional(input, 0));
    const document = await workflows.previewRendered(selector, await readInputs(context, input));
    context.print(document, toRenderedText);
    return undefined;
  },
};

/** Also what `oatty run --dry-run` prints for people. */
export function toRenderedText({
  rendered_steps,
  rendered_final_output,
  unresolved,
}: RenderedPreviewDocument): string {
  const steps = rendered_steps.flatMap((step) => [
    `${step.step_id}: ${step.run}`,
    ...(step.condition === null ? [] : [`  if    ${step.condition}`]),
    ...(step.request === undefined ? [] : [`  ${step.request.method} ${step.request.url}`]),
    ...block('with', step.with),
    ...block('body', step.body),
  ]);
  const open = unresolved.map(({ path, expression }) => `  ${path}: ${expression}`);
  return toPrintable(
    [
      ...steps,
      ...block('final output', rendered_final_output, ''),
      ...(open.length > 0 ? ['Known only when it runs:', ...open] : []),
    ].join('\n'),
  );
}

// --- internal ---

function block(name: string, value: unknown, indent = '  '): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object' && Object.keys(value).length === 0) return [];
  const lines = JSON.stringify(value, null, 2).split('\n');
  return [`${indent}${name}  ${lines[0] ?? ''}`, ...lines.slice(1).map((line) => `${indent}${line}`)];
}
