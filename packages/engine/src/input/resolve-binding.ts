/**
 * The value of one provider argument.
 *
 *   B1. A text is rendered; an object reads an input (`from_input`) at a `path`.
 *   B2. Where there is no value: `on_missing`, else `fail` when it is `required`, else `prompt`.
 *   B3. No step has run while inputs are resolved, so `from_step` never has a value.
 */
import { OattyError } from '@oatty/types';
import type { ArgumentBinding } from '@oatty/types';
import { renderWithSecrets } from '../expression/render-value.ts';
import type { Scope } from '../expression/scope.ts';
import { listSecretTexts } from './secret-inputs.ts';
import { readValuePath } from './value-path.ts';

export type BindingOutcome =
  | {
      readonly status: 'resolved';
      readonly value: unknown;
      readonly isSecret: boolean;
      /** Texts in the value that must not come out anywhere. */
      readonly secrets: readonly string[];
    }
  /** A person has to say. */
  | { readonly status: 'prompt'; readonly reason: string }
  /** The argument is left out. */
  | { readonly status: 'skip'; readonly reason: string }
  | { readonly status: 'error'; readonly reason: string };

/** @throws {OattyError} `EXPRESSION_INVALID` in an input that was not validated */
export function resolveBinding(binding: ArgumentBinding, scope: Scope): BindingOutcome {
  if (typeof binding === 'string') return resolveText(binding, scope);
  const missing = (reason: string): BindingOutcome => ({ status: missingStatus(binding), reason });
  const { from_input: name, path } = binding;
  if (name === null || name === undefined) return missing('no step has run while inputs are resolved');
  const inputs = scope.inputs ?? {};
  if (!Object.hasOwn(inputs, name)) return missing(`the input "${name}" has no value`);
  const value = readValuePath(inputs[name], path ?? '');
  if (value === null || value === undefined) return missing(`the input "${name}" has no value there`);
  const isSecret = scope.secretInputs?.has(name) ?? false;
  return { status: 'resolved', value, isSecret, secrets: isSecret ? listSecretTexts(value) : [] };
}

// --- internal ---

function resolveText(text: string, scope: Scope): BindingOutcome {
  try {
    const { value, secrets } = renderWithSecrets(text, scope);
    if (value === null) return { status: 'prompt', reason: 'the template gives no value' };
    return { status: 'resolved', value, isSecret: secrets.size > 0, secrets: [...secrets] };
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error.code !== 'EXPRESSION_FAILED') throw error;
    return { status: 'prompt', reason: error.message };
  }
}

function missingStatus({
  on_missing,
  required,
}: Exclude<ArgumentBinding, string>): 'prompt' | 'skip' | 'error' {
  if (on_missing === null || on_missing === undefined) return required === true ? 'error' : 'prompt';
  return on_missing === 'fail' ? 'error' : on_missing;
}
