/** One call of the command line: find the command, run it, show what came of it. Returns the exit code. */
import { nearestNames, OattyError } from '@oatty/types';
import type { Oatty } from '@oatty/runtime';
import { parseArguments, readGlobalFlags } from './arguments/parse-arguments.ts';
import type { CliCommand, CliContext, GlobalFlags } from './cli-command.ts';
import { commandPaths, findCommand } from './command-table.ts';
import type { Io } from './io.ts';
import { createPaint } from './output/color.ts';
import { toExitCode, toErrorText } from './output/write-error.ts';

export async function runCli(args: readonly string[], io: Io, signal: AbortSignal): Promise<number> {
  const flags = toFlags(args, io);
  const session = openSession(io, flags, signal);
  try {
    return (await runArguments(args, session.context)) ?? 0;
  } catch (thrown) {
    return showError(thrown, session.context);
  } finally {
    await session.close();
  }
}

// --- internal ---

async function runArguments(args: readonly string[], context: CliContext): Promise<number | undefined> {
  const words = wordsOf(args);
  if (words.length === 0 || words[0] === 'help') return showHelp(context, words.slice(1));
  const found = await findCommand(words);
  if (found === undefined || (words[0] === 'exec' && words.length > 1))
    return runVendorCommand(args, context, words);
  const rest = withoutWords(args, found.words);
  if (args.includes('--help')) return showCommandHelp(context, found.command);
  return found.command.run(context, parseArguments(found.command, rest));
}

/** Words that are no subcommand name a vendor: `oatty shop orders:list` is `oatty exec shop orders:list`. */
async function runVendorCommand(args: readonly string[], context: CliContext, words: readonly string[]) {
  const { runCatalogCommand } = await import('./commands/exec.ts');
  const [vendor = ''] = words;
  const known = commandPaths.map((path) => path.split(' ')[0] ?? '');
  if (words.length === 1 && !args.includes('--help')) {
    const [nearest] = nearestNames(vendor, known);
    throw new OattyError('ARGUMENT_INVALID', `oatty has no command "${vendor}".`, {
      suggestedAction: nearest === undefined ? 'See oatty --help.' : `Did you mean oatty ${nearest}?`,
    });
  }
  return runCatalogCommand(context, args);
}

async function showHelp(context: CliContext, words: readonly string[]): Promise<number> {
  const { helpFor } = await import('./output/help.ts');
  context.io.stdout.write(`${await helpFor(words)}\n`);
  return 0;
}

async function showCommandHelp(context: CliContext, command: CliCommand): Promise<number> {
  const { commandHelp } = await import('./output/help.ts');
  context.io.stdout.write(`${commandHelp(command)}\n`);
  return 0;
}

function showError(thrown: unknown, { io, flags, signal }: CliContext): number {
  const interrupted = signal.aborted && OattyError.from(thrown).code !== 'STORAGE_FAILED';
  const error = interrupted
    ? new OattyError('CANCELED', 'Interrupted.', { cause: thrown })
    : OattyError.from(thrown);
  const paint = createPaint(flags.color);
  const text = flags.json
    ? JSON.stringify(error.toErrorData())
    : toErrorText(error, { paint, verbose: flags.verbose });
  io.stderr.write(`${text}\n`);
  return toExitCode(error);
}

function openSession(io: Io, flags: GlobalFlags, signal: AbortSignal) {
  let opened: Promise<Oatty> | undefined;
  const open = async () => {
    const { createOatty } = await import('@oatty/runtime');
    return createOatty({ env: io.env, cwd: io.cwd });
  };
  const context: CliContext = {
    io,
    flags,
    signal,
    oatty: () => (opened ??= open()),
    print: (document, toText) => {
      const text = flags.json ? JSON.stringify(document, null, 2) : toText(document);
      if (text !== '') io.stdout.write(`${text}\n`);
    },
    note: (text) => {
      if (!flags.quiet) io.stderr.write(`${text}\n`);
    },
  };
  const close = async () => {
    const oatty = await opened?.catch(() => undefined);
    await oatty?.close();
  };
  return { context, close };
}

function toFlags(args: readonly string[], io: Io): GlobalFlags {
  const { noColor, ...rest } = readGlobalFlags(args);
  const color = !noColor && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb' && io.stderr.isTTY === true;
  return { ...rest, color };
}

/** The leading words of a call; options before them may only be global flags. */
function wordsOf(args: readonly string[]): string[] {
  const words: string[] = [];
  for (const arg of args) {
    if (arg === '--') break;
    if (!arg.startsWith('-')) words.push(arg);
    else if (words.length > 0) break;
  }
  return words;
}

function withoutWords(args: readonly string[], count: number): string[] {
  let left = count;
  return args.filter((arg) => arg.startsWith('-') || left-- <= 0);
}
