/**
 * Arguments of one command, checked against its spec. Node's own parser splits them.
 *
 * Global flags may stand anywhere.
 */
import { parseArgs } from 'node:util';
import { nearestNames, OattyError } from '@oatty/types';
import type { CliCommand, GlobalFlags, OptionSpec, ParsedInput } from '../cli-command.ts';

export const globalOptions: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'boolean', description: 'Print one JSON document on stdout.' },
  quiet: { type: 'boolean', description: 'Print no remarks and no progress.' },
  verbose: { type: 'boolean', description: 'Print more on stderr: attempts, causes of errors.' },
  'no-color': { type: 'boolean', description: 'Print no colours (NO_COLOR does the same).' },
  yes: { type: 'boolean', description: 'Answer every confirmation with yes.' },
  help: { type: 'boolean', description: 'Print this help.' },
};

/** @throws {OattyError} `ARGUMENT_INVALID` naming the option or the positional */
export function parseArguments(command: CliCommand, args: readonly string[]): ParsedInput {
  const specs = { ...command.options, ...globalOptions };
  const { tokens } = parseArgs({
    args: [...args],
    options: toNodeOptions(specs),
    strict: false,
    tokens: true,
  });
  const positionals: string[] = [];
  const options: Record<string, string | boolean | string[]> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option') take(command, specs, token, options);
  }
  checkPositionals(command, positionals);
  return { positionals, options };
}

export function readGlobalFlags(
  args: readonly string[],
): Omit<GlobalFlags, 'color'> & { readonly noColor: boolean } {
  const before = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const has = (name: string) => before.includes(`--${name}`);
  return {
    json: has('json'),
    quiet: has('quiet'),
    verbose: has('verbose'),
    noColor: has('no-color'),
    yes: has('yes'),
  };
}

/** `a=1` → `['a', '1']`. @throws {OattyError} `ARGUMENT_INVALID` */
export function parsePair(option: string, text: string): readonly [string, string] {
  const split = text.indexOf('=');
  if (split <= 0) {
    throw new OattyError('ARGUMENT_INVALID', `--${option} takes NAME=VALUE, not "${text}".`, {
      suggestedAction: `Write --${option} NAME=VALUE.`,
      context: { option },
    });
  }
  return [text.slice(0, split), text.slice(split + 1)];
}

// --- internal ---

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function toNodeOptions(specs: Readonly<Record<string, OptionSpec>>) {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { type }]) => [name, { type, multiple: true }]),
  );
}

function take(
  command: CliCommand,
  specs: Readonly<Record<string, OptionSpec>>,
  token: OptionToken,
  options: Record<string, string | boolean | string[]>,
): void {
  const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
  if (spec === undefined) throw unknownOption(command, token.rawName, Object.keys(specs));
  if (spec.type === 'boolean') {
    if (token.value !== undefined) throw invalid(`--${token.name} takes no value.`, command);
    options[token.name] = true;
    return;
  }
  if (token.value === undefined)
    throw invalid(`--${token.name} needs a value: ${spec.value ?? 'TEXT'}.`, command);
  if (spec.choices !== undefined && !spec.choices.includes(token.value)) {
    throw invalid(`--${token.name} is one of ${spec.choices.join(', ')}, not "${token.value}".`, command);
  }
  const before = options[token.name];
  if (spec.multiple === true) options[token.name] = [...(Array.isArray(before) ? before : []), token.value];
  else if (before !== undefined) throw invalid(`--${token.name} is given twice.`, command);
  else options[token.name] = token.value;
}

function checkPositionals(command: CliCommand, given: readonly string[]): void {
  const specs = command.positionals ?? [];
  const missing = specs.filter((spec, index) => spec.required && given[index] === undefined);
  if (missing.length > 0) {
    throw invalid(`oatty ${command.path} needs ${missing.map(({ name }) => name).join(' and ')}.`, command);
  }
  if (given.length > specs.length && specs.at(-1)?.variadic !== true) {
    throw invalid(`oatty ${command.path} does not take "${given[specs.length]}".`, command);
  }
}

function unknownOption(command: CliCommand, rawName: string, names: readonly string[]): OattyError {
  const [nearest] = nearestNames(rawName.replace(/^-+/, ''), names);
  const suggestedAction = nearest === undefined ? helpHint(command) : `Did you mean --${nearest}?`;
  return new OattyError('ARGUMENT_INVALID', `oatty ${command.path} has no option ${rawName}.`, {
    suggestedAction,
  });
}

function invalid(message: string, command: CliCommand): OattyError {
  return new OattyError('ARGUMENT_INVALID', message, { suggestedAction: helpHint(command) });
}

function helpHint(command: CliCommand): string {
  return `See oatty ${command.path} --help.`;
}
