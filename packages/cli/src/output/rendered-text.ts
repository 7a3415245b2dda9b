/** Steps with their templates filled in, for people; what only the run can tell stands below them. */
import type { RenderedPreviewDocument } from '@oatty/runtime';
import { toPrintable } from './printable.ts';

export function toRenderedText({
  rendered_steps,
  rendered_final_output,
  unresolved,
}: RenderedPreviewDocument): string {
  const steps = rendered_steps.map((step) => [
    `${step.step_id}: ${step.run}`,
    ...(step.condition === null ? [] : [`  if       ${step.condition}`]),
    ...(step.request === undefined ? [] : [`  request  ${step.request.method} ${step.request.url}`]),
    ...toBlock('  with     ', step.with),
    ...toBlock('  body     ', step.body),
  ]);
  const output = toBlock('final output: ', rendered_final_output);
  const open = unresolved.map(({ path, expression }) => `  ${path}: ${expression}`);
  const sections = [...steps, output, open.length > 0 ? ['Known only when it runs:', ...open] : []];
  return toPrintable(
    sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n'),
  );
}

// --- internal ---

function toBlock(label: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object' && Object.keys(value).length === 0) return [];
  const [first = '', ...rest] = JSON.stringify(value, null, 2).split('\n');
  const indent = ' '.repeat(label.length - label.trimStart().length);
  return [`${label}${first}`, ...rest.map((line) => `${indent}${line}`)];
}
