/** One call of the command line: find the command, run it, show what came of it. Returns the exit code. */
import { OattyError } from '@oatty/types';
import { asksForHelp, readGlobalFlags, splitCall } from './arguments/global-flags.ts';
import { parseArguments } from './arguments/parse-arguments.ts';
import type { CliCommand, CliContext } from './cli-command.ts';
import { findCommand, wordsOfGroup } from './command-table.ts';
import type { Io } from './io.ts';
import { toErrorText } from './output/error-text.ts';
import { commandHelp, groupHelp, overview } from './output/help.ts';
import { unknownInGroup, unknownStart } from './output/usage-errors.ts';
import { openSession } from './session.ts';
import { version } from './version.ts';

export async function runCli(args: readonly string[], io: Io, signal: AbortSignal): Promise<number> {
  const session = openSession(io, readGlobalFlags(args), signal);
  const exitCode = await attempt(session.context, () => runCall(toCall(args), session.context));
  const closingCode = await attempt(session.context, () => session.close());
  return exitCode === 0 ? closingCode : exitCode;
}

// --- internal ---

/** @returns the exit code; what is thrown is shown */
async function attempt(context: CliContext, work: () => Promise<number | void>): Promise<number> {
  try {
    return (await work()) ?? 0;
  } catch (thrown) {
    return showError(thrown, context);
  }
}

interface Call {
  readonly words: readonly string[];
  readonly rest: readonly string[];
  readonly help: boolean;
}

/** `oatty help x` is `oatty x --help`. */
function toCall(args: readonly string[]): Call {
  const { words, rest } = splitCall(args);
  const isHelp = words[0] === 'help';
  return { words: isHelp ? words.slice(1) : words, rest, help: isHelp || asksForHelp(args) };
}

async function runCall(call: Call, context: CliContext): Promise<number> {
  const found = await findCommand(call.words);
  if (found === undefined) return runUnknown(call, context);
  const { command, words } = found;
  const args = [...call.words.slice(words), ...call.rest];
  const isForwarded = command.passThrough === true && call.words.length > words;
  if (isForwarded) return forward(command, args, call.help, context);
  if (call.help) return write(context, commandHelp(command));
  return command.run(context, parseArguments(command, args));
}

function forward(command: CliCommand, args: readonly string[], help: boolean, context: CliContext) {
  return command.run(context, { positionals: help ? [...args, '--help'] : args, options: {} });
}

/** No command, a group without its command, or the vendor of an imported command. */
async function runUnknown({ words, rest, help }: Call, context: CliContext): Promise<number> {
  const [first] = words;
  if (first === undefined) return runWithoutWords(rest, help, context);
  if (wordsOfGroup(first).length === 0) {
    const { command } = await import('./commands/exec.ts');
    return forward(command, [...words, ...rest], help, context);
  }
  if (help) return write(context, await groupHelp(first));
  throw unknownInGroup(first, words[1]);
}

async function runWithoutWords(rest: readonly string[], help: boolean, context: CliContext): Promise<number> {
  if (rest.includes('--version')) {
    context.print({ version }, () => version);
    return 0;
  }
  if (!help && rest.length > 0) throw unknownStart(rest);
  return write(context, await overview());
}

function write({ io }: CliContext, text: string): number {
  io.stdout.write(`${text}\n`);
  return 0;
}

function showError(thrown: unknown, { io, flags, signal, stderrStyle }: CliContext): number {
  const error = signal.aborted ? toInterruption(OattyError.from(thrown)) : OattyError.from(thrown);
  const text = flags.json
    ? JSON.stringify(error.toErrorData())
    : toErrorText(error.toPayload(), {
        paint: stderrStyle.paint,
        verbose: flags.verbose,
        cause: error.cause,
      });
  io.stderr.write(`${text}\n`);
  return error.traits.exitCode;
}

/** What Ctrl-C broke off is no failure, whatever it broke into. A file that could not be written is one. */
function toInterruption(error: OattyError): OattyError {
  if (error.code === 'CANCELED' || error.code === 'STORAGE_FAILED') return error;
  return new OattyError('CANCELED', 'Interrupted.', { cause: error });
}
