/**
 * Flags of every command. They may stand anywhere before `--`, since no other word can look like one:
 * a value that begins with `--` has to be written `--name=--value`.
 */
import type { GlobalFlags, OptionSpec } from '../cli-command.ts';

export const globalOptions: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'boolean', description: 'Print one JSON document on stdout; errors as JSON on stderr.' },
  quiet: { type: 'boolean', description: 'Print no remarks and no progress.' },
  verbose: { type: 'boolean', description: 'Print more on stderr: each attempt, the causes of errors.' },
  'no-color': { type: 'boolean', description: 'Print no colours (NO_COLOR does the same).' },
  yes: { type: 'boolean', description: 'Answer every confirmation with yes.' },
  help: { type: 'boolean', description: 'Print this help.' },
};

export function readGlobalFlags(args: readonly string[]): GlobalFlags {
  const given = new Set(beforeSeparator(args));
  return {
    json: given.has('--json'),
    quiet: given.has('--quiet'),
    verbose: given.has('--verbose'),
    noColor: given.has('--no-color'),
    yes: given.has('--yes'),
  };
}

export function asksForHelp(args: readonly string[]): boolean {
  return beforeSeparator(args).some((arg) => arg === '--help' || arg === '-h');
}

/** The words that begin a call, and everything else: `--json workflow list --quiet` → `workflow list`. */
export function splitCall(args: readonly string[]): {
  readonly words: readonly string[];
  /** Options and values, in their order. */
  readonly rest: readonly string[];
} {
  const words: string[] = [];
  const flags: string[] = [];
  const rest = [...args];
  for (let next = rest[0]; next !== undefined; next = rest[0]) {
    if (isGlobalFlag(next)) flags.push(next);
    else if (next.startsWith('-') && next !== '-') break;
    else words.push(next);
    rest.shift();
  }
  return { words, rest: [...flags, ...rest] };
}

export function isGlobalFlag(arg: string): boolean {
  return arg === '-h' || (arg.startsWith('--') && Object.hasOwn(globalOptions, arg.slice(2)));
}

// --- internal ---

function beforeSeparator(args: readonly string[]): readonly string[] {
  const separator = args.indexOf('--');
  return separator === -1 ? args : args.slice(0, separator);
}
