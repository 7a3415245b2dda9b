/** `{{ inputs.x }}` without the `$` is plain text, which nobody means. */
import { listStrings } from '../plan/step-texts.ts';
import type { ManifestPath } from './manifest-document.ts';
import type { Scene } from './scene.ts';

export function checkWrappers({ steps, inputs, draft, report }: Scene): void {
  const places: readonly (readonly [ManifestPath, unknown])[] = [
    ...inputs.flatMap(({ path, input }) => [
      [
        [...path, 'default', 'value'],
        input.default?.from === 'literal' ? input.default.value : null,
      ] as const,
      [[...path, 'provider_args'], input.provider_args] as const,
      [[...path, 'depends_on'], input.depends_on] as const,
    ]),
    ...steps.flatMap(({ path, step }) => [
      [[...path, 'with'], step.with] as const,
      [[...path, 'body'], step.body] as const,
    ]),
    [['final_output'], draft.final_output],
  ];
  for (const { path, text } of places.flatMap(([path, value]) => listStrings(value, path))) {
    const at = findBareWrapper(text);
    if (at === undefined) continue;
    report.violation({
      path,
      rule: 'template_syntax',
      message: '"{{ … }}" is plain text here; a template begins with "${{".',
      suggestion: `Write "${text.length <= maxShownText ? withDollars(text) : '${{ … }}'}".`,
      offset: at,
    });
  }
}

// --- internal ---

const maxShownText = 200;

const bareWrapper = /\{\{\s{0,20}(?:inputs|steps|env|run|item|index|secrets)\b/g;

function findBareWrapper(text: string): number | undefined {
  for (const { index } of text.matchAll(bareWrapper)) {
    if (index === 0 || text[index - 1] !== '$') return index;
  }
  return undefined;
}

function withDollars(text: string): string {
  return text.replaceAll(bareWrapper, (wrapper, index: number) =>
    index > 0 && text[index - 1] === '$' ? wrapper : `$${wrapper}`,
  );
}
