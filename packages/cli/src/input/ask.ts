/** Questions to the person at the terminal. Everywhere else a question is an error that says what to pass. */
import { OattyError } from '@oatty/types';
import type * as ClackPrompts from '@clack/prompts';
import type { CliContext } from '../cli-command.ts';
import { isInteractive } from '../io.ts';
import { toLine, toPrintable } from '../output/printable.ts';

/** Goes on when the person agrees, or when `--yes` said so. @throws {OattyError} `CONFIRMATION_REQUIRED`, `CANCELED` */
export async function confirm(context: CliContext, message: string): Promise<void> {
  if (context.flags.yes) return;
  if (!isInteractive(context.io) || context.flags.json) {
    throw new OattyError('CONFIRMATION_REQUIRED', `Not confirmed: ${message}`, {
      suggestedAction: 'Pass --yes to confirm it.',
    });
  }
  const prompts = await import('@clack/prompts');
  const answer = await prompts.confirm({ message, initialValue: false, ...promptStreams(context) });
  if (answer === true) return;
  throw new OattyError('CANCELED', 'Not confirmed; nothing was done.', {
    suggestedAction: 'Call it again to be asked again, or pass --yes to confirm it.',
  });
}

export interface Choice {
  readonly value: unknown;
  readonly label: string;
}

export interface AskOptions {
  readonly message: string;
  readonly placeholder?: string;
  readonly secret?: boolean;
  readonly choices?: readonly Choice[];
  readonly multiple?: boolean;
}

/** One value from the person. @throws {OattyError} `CANCELED` */
export async function ask(context: CliContext, options: AskOptions): Promise<unknown> {
  const prompts = await import('@clack/prompts');
  const answer = await (options.choices !== undefined && options.choices.length > 0
    ? choose(prompts, context, options, options.choices)
    : write(prompts, context, options));
  if (prompts.isCancel(answer)) {
    throw new OattyError('CANCELED', 'Interrupted; nothing was done.', {
      suggestedAction: 'Give the values with options instead, or start again.',
    });
  }
  return answer;
}

// --- internal ---

type Prompts = typeof ClackPrompts;

/** Longer lists than this are searched by typing. */
const maxListed = 12;

async function write(
  prompts: Prompts,
  context: CliContext,
  { message, placeholder, secret = false }: AskOptions,
): Promise<unknown> {
  const question = {
    message,
    validate: (text: string | undefined) =>
      text === undefined || text === '' ? 'A value is needed.' : undefined,
    ...promptStreams(context),
  };
  if (secret) return prompts.password(question);
  return prompts.text({ ...question, ...(placeholder !== undefined && { placeholder }) });
}

/** Choices are picked by position, since values can be of any shape. */
async function choose(
  prompts: Prompts,
  context: CliContext,
  { message, multiple = false }: AskOptions,
  choices: readonly Choice[],
): Promise<unknown> {
  const options = choices.map(({ value, label }, index) => ({
    value: index,
    label: toPrintable(label),
    ...toHint(value, label),
  }));
  const question = { message, options, ...promptStreams(context) };
  const isLong = choices.length > maxListed;
  if (multiple) {
    const picked = await (isLong ? prompts.autocompleteMultiselect(question) : prompts.multiselect(question));
    return Array.isArray(picked) ? picked.map((index) => choices[index]?.value) : picked;
  }
  const picked = await (isLong ? prompts.autocomplete(question) : prompts.select(question));
  return typeof picked === 'number' ? choices[picked]?.value : picked;
}

/** The value itself, where the label does not show it. */
function toHint(value: unknown, label: string): { readonly hint?: string } {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === label ? {} : { hint: toLine(text, 40) };
}

/** Prompts go to stderr: stdout is for data. */
function promptStreams({ io, signal }: CliContext) {
  return { input: io.stdin, output: io.stderr, signal };
}
