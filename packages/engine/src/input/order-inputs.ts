/**
 * Which inputs an input waits for: those that its default, its provider's arguments and its `depends_on` read.
 */
import type { ArgumentBinding, WorkflowInput } from '@oatty/types';
import { references } from '../expression/analyze-expression.ts';
import type { Reference } from '../expression/analyze-expression.ts';
import { parseTemplate, templateExpressions } from '../expression/parse-template.ts';
import { listStrings } from '../plan/step-texts.ts';

/** What of an input can read others; drafts that do not parse as a whole have less. */
export type InputWithBindings = Partial<
  Pick<WorkflowInput, 'default' | 'provider_args' | 'depends_on' | 'provider'>
>;

export interface InputText {
  /** From the input: `['provider_args', 'region']`. */
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Every string of an input that may hold templates. */
export function listInputTexts(input: InputWithBindings): readonly InputText[] {
  const literal =
    input.default?.from === 'literal' ? listStrings(input.default.value, ['default', 'value']) : [];
  return [
    ...literal,
    ...listBindings(input).flatMap(({ path, binding }) =>
      typeof binding === 'string' ? [{ path, text: binding }] : [],
    ),
  ].filter(({ text }) => text.includes('${{'));
}

export interface NamedBinding {
  readonly argument: string;
  readonly binding: ArgumentBinding;
  readonly path: readonly (string | number)[];
}

/** Arguments of the provider; `provider_args` wins where `depends_on` names the same. */
export function listBindings(input: InputWithBindings): readonly NamedBinding[] {
  const fromArguments = Object.entries(input.provider_args ?? {}).map(([argument, binding]) => ({
    argument,
    binding,
    path: ['provider_args', argument],
  }));
  const fromInputs = Object.entries(input.depends_on ?? {}).map(([argument, binding]) => ({
    argument,
    binding,
    path: ['depends_on', argument],
  }));
  return [...fromArguments, ...fromInputs];
}

/** @throws {OattyError} `EXPRESSION_INVALID` in an input that was not validated */
export function inputDependencies(input: InputWithBindings): readonly string[] {
  const referred = listInputTexts(input).flatMap(({ text }) =>
    templateReferences(text).flatMap((reference) => referredInput(reference) ?? []),
  );
  const bound = listBindings(input).flatMap(({ binding }) =>
    typeof binding === 'object' ? (binding.from_input ?? []) : [],
  );
  return [...new Set([...referred, ...bound])];
}

/** The name of the input that a reference reads. */
export function referredInput(reference: Reference): string | undefined {
  const [name] = reference.segments;
  return reference.root === 'inputs' && typeof name !== 'object' && name !== undefined
    ? String(name)
    : undefined;
}

/** @throws {OattyError} `EXPRESSION_INVALID` */
export function templateReferences(text: string): readonly Reference[] {
  return templateExpressions(parseTemplate(text)).flatMap(references);
}
