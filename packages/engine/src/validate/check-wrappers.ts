/** `{{ inputs.x }}`, `${inputs.x}`, `$.inputs.x` and the like are plain text, which nobody means. */
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
    [['queue', 'dedup_key'], draft.queue?.dedup_key],
  ];
  const isKnown = (root: string, name: string) =>
    root === 'inputs' ? draft.inputs.has(name) : steps.some(({ step }) => step.id === name);
  for (const { path, text } of places.flatMap(([path, value]) => listStrings(value, path))) {
    const found = findBareWrapper(text) ?? findForeign(text, isKnown);
    if (found === undefined) continue;
    const { offset, written, corrected } = found;
    report.violation({
      path,
      rule: 'template_syntax',
      message: `"${written}" is plain text here; a template begins with "\${{".`,
      suggestion: `Write "${text.length <= maxShownText ? corrected : '${{ … }}'}".`,
      offset,
    });
  }
}

// --- internal ---

interface LooseReference {
  readonly offset: number;
  readonly written: string;
  /** The whole text as it was meant. */
  readonly corrected: string;
}

type IsKnown = (root: string, name: string) => boolean;

const maxShownText = 200;

const bareWrapper = /\{\{\s{0,20}(?:inputs|steps|env|run|item|index|secrets)\b/g;

function findBareWrapper(text: string): LooseReference | undefined {
  for (const { index } of text.matchAll(bareWrapper)) {
    if (index === 0 || text[index - 1] !== '$') {
      return { offset: index, written: '{{ … }}', corrected: withDollars(text) };
    }
  }
  return undefined;
}

function withDollars(text: string): string {
  return text.replaceAll(bareWrapper, (wrapper, index: number) =>
    index > 0 && text[index - 1] === '$' ? wrapper : `$${wrapper}`,
  );
}

/** `inputs.x`, `steps.a.items[0].id` */
const reference = String.raw`(?<root>inputs|steps)\.(?<name>[\w-]{1,64})(?<rest>(?:\.[\w-]{1,64}|\[\d{1,6}\]){0,20})`;

/** A text that is one reference: `inputs.x`, `$.inputs.x`, `$inputs.x`, `{inputs.x}`, `$(inputs.x)`, `{% inputs.x %}`. */
const wholeForeign = new RegExp(
  String.raw`^\s{0,20}(?:\$\.?|[#$%]?\{%?\s{0,20}|\$\(\s{0,20}|<)?${reference}\s{0,20}(?:%?\}|\)|>)?\s{0,20}$`,
);

/** `${inputs.x}` inside a text. */
const innerForeign = new RegExp(String.raw`\$\{\s{0,20}${reference}\s{0,20}\}`, 'g');

/** What other languages write for a template, where it names an input or a step that there is. */
function findForeign(text: string, isKnown: IsKnown): LooseReference | undefined {
  const whole = text.length <= maxShownText ? wholeForeign.exec(text)?.groups : undefined;
  if (whole) {
    const { root = '', name = '', rest = '' } = whole;
    return isKnown(root, name)
      ? { offset: 0, written: text.trim(), corrected: `\${{ ${toPath(root, name, rest)} }}` }
      : undefined;
  }
  const inner = [...text.matchAll(innerForeign)].filter(({ groups: { root = '', name = '' } = {} }) =>
    isKnown(root, name),
  );
  const [first] = inner;
  if (first === undefined) return undefined;
  const corrected = inner.reduceRight(
    (result, { index, 0: written, groups: { root = '', name = '', rest = '' } = {} }) =>
      `${result.slice(0, index)}\${{ ${toPath(root, name, rest)} }}${result.slice(index + written.length)}`,
    text,
  );
  return { offset: first.index, written: first[0], corrected };
}

/** Elsewhere the output of a step is under a word of its own. */
function toPath(root: string, name: string, rest: string): string {
  return `${root}.${name}${root === 'steps' ? rest.replace(/^\.outputs?\b/, '') : rest}`;
}
