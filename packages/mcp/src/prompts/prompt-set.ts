/** Prompts in the order of `prompts/list`, and what a client gets for one. */
import { nearestNames, OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';
import type { Prompt, PromptContext, PromptMessage } from './prompt.ts';

export class PromptSet {
  readonly list: readonly Prompt[];

  constructor(list: readonly Prompt[]) {
    this.list = list;
  }

  /** @throws {OattyError} `ARGUMENT_INVALID` for a name that no prompt has */
  require(name: string): Prompt {
    const prompt = this.list.find((candidate) => candidate.name === name);
    if (prompt) return prompt;
    const names = this.list.map((candidate) => candidate.name);
    throw new OattyError('ARGUMENT_INVALID', `There is no prompt "${name.slice(0, 100)}".`, {
      suggestedAction: `Use one of: ${names.join(', ')}.`,
      context: { prompt: name.slice(0, 100) },
    });
  }

  /** @throws {OattyError} `ARGUMENT_INVALID` with a violation for each argument that is missing or unknown */
  async read(
    name: string,
    values: Readonly<Record<string, string>>,
    context: PromptContext,
  ): Promise<readonly PromptMessage[]> {
    const prompt = this.require(name);
    const violations = checkArguments(prompt, values);
    if (violations.length === 0) return prompt.toMessages(values, context);
    throw new OattyError('ARGUMENT_INVALID', violations.map(({ message }) => message).join(' '), {
      context: { prompt: name, arguments: prompt.arguments.map((argument) => argument.name) },
      violations,
    });
  }
}

// --- internal ---

function checkArguments(prompt: Prompt, values: Readonly<Record<string, string>>): Violation[] {
  const known = prompt.arguments.map(({ name }) => name);
  const missing = prompt.arguments
    .filter(({ name, required }) => required && (values[name] ?? '').trim() === '')
    .map(({ name }) => ({
      path: `$.${name}`,
      rule: 'missing_argument',
      message: `Argument "${name}" is missing.`,
    }));
  const unknown = Object.keys(values)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: `$.${name}`,
      rule: 'unknown_argument',
      message: `Argument "${name}" is not known.`,
      suggestion: `Did you mean "${nearestNames(name, known)[0] ?? known[0]}"?`,
    }));
  return [...missing, ...unknown];
}
