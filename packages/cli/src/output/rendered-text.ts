/** Steps with their templates filled in, for people; what only the run can tell stands below them. */
import type { RenderedPreviewDocument } from '@oatty/runtime';
import { toCount } from './count-text.ts';
import { toPrintable } from './printable.ts';

export function toRenderedText({
  rendered_steps,
  rendered_final_output,
  unresolved,
}: RenderedPreviewDocument): string {
  const steps = rendered_steps.map((step) => [
    `${step.step_id}: ${step.run}`,
    ...(step.condition === null ? [] : [`  if       ${step.condition}`]),
    ...(step.for_each === undefined ? [] : [`  for each ${toList(step)}`]),
    ...(step.items ?? [step]).flatMap(toRequest),
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

type Step = RenderedPreviewDocument['rendered_steps'][number];

function toRequest({ request, with: values, body }: Pick<Step, 'request' | 'with' | 'body'>): string[] {
  return [
    ...(request === undefined ? [] : [`  request  ${request.method} ${request.url}`]),
    ...toBlock('  with     ', values),
    ...toBlock('  body     ', body),
  ];
}

/** A list that is known is shown by its items. */
function toList({ for_each: forEach, items }: Step): string {
  if (!Array.isArray(forEach) || items === undefined) return toJson(forEach);
  const count = toCount(forEach.length, 'item');
  return items.length < forEach.length ? `${count}, of which the first ${items.length}` : count;
}

function toJson(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toBlock(label: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object' && Object.keys(value).length === 0) return [];
  const [first = '', ...rest] = JSON.stringify(value, null, 2).split('\n');
  const indent = ' '.repeat(label.length - label.trimStart().length);
  return [`${label}${first}`, ...rest.map((line) => `${indent}${line}`)];
}
