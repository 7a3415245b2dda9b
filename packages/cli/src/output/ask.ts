/** Questions to the person at the terminal. Everywhere else a question is an error that says what to pass. */
import { OattyError } from '@oatty/types';
import type { CliContext } from '../cli-command.ts';
import { isInteractive } from '../io.ts';

/** Goes on when the person agrees, or when `--yes` said so. @throws {OattyError} `CONFIRMATION_REQUIRED`, `CANCELED` */
export async function confirm(context: CliContext, message: string): Promise<void> {
  if (context.flags.yes) return;
  if (!isInteractive(context.io) || context.flags.json) {
    throw new OattyError('CONFIRMATION_REQUIRED', `${message} Nobody is there to confirm it.`, {
      suggestedAction: 'Pass --yes to confirm it.',
    });
  }
  const prompts = await import('@clack/prompts');
  const answer = await prompts.confirm({ message, initialValue: false, ...promptStreams(context) });
  if (answer !== true) throw new OattyError('CANCELED', 'Not confirmed; nothing was done.');
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
  const streams = promptStreams(context);
  const { message, placeholder, choices } = options;
  const answer =
    choices !== undefined && choices.length > 0
      ? await choose(prompts, { message, choices, multiple: options.multiple === true }, streams)
      : options.secret === true
        ? await prompts.password({ message, ...streams })
        : await prompts.text({ message, ...(placeholder !== undefined && { placeholder }), ...streams });
  if (prompts.isCancel(answer)) throw new OattyError('CANCELED', 'Interrupted.');
  return answer;
}

// --- internal ---

type Prompts = typeof import('@clack/prompts');
type Streams = ReturnType<typeof promptStreams>;

/** Choices are picked by position, since values can be of any shape. */
async function choose(
  prompts: Prompts,
  question: { readonly message: string; readonly choices: readonly Choice[]; readonly multiple: boolean },
  streams: Streams,
): Promise<unknown> {
  const { message, choices, multiple } = question;
  const options = choices.map(({ label }, index) => ({ value: index, label }));
  const picked = multiple
    ? await prompts.multiselect({ message, options, ...streams })
    : await prompts.select({ message, options, ...streams });
  if (typeof picked === 'symbol') return picked;
  return Array.isArray(picked) ? picked.map((index) => choices[index]?.value) : choices[picked]?.value;
}

/** Prompts go to stderr: stdout is for data. */
function promptStreams({ io, signal }: CliContext) {
  return { input: io.stdin, output: process.stderr, signal };
}
