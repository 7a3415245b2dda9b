/** Arguments of one command, checked against its spec. Node's own parser splits them. */
import { parseArgs } from 'node:util';
import { OattyError } from '@oatty/types';
import type { CliCommand, OptionSpec, ParsedInput } from '../cli-command.ts';
import { globalOptions } from './global-flags.ts';
import { nearestFlags } from './nearest-flags.ts';

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

// --- internal ---

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Written with `=`. */
  readonly inlineValue?: boolean | undefined;
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
  if (spec === undefined || !token.rawName.startsWith('--'))
    throw unknownOption(command, token.rawName, Object.keys(specs));
  if (spec.type === 'boolean') {
    if (token.value !== undefined) throw invalid(`--${token.name} takes no value.`, command);
    options[token.name] = true;
    return;
  }
  const value = valueOf(token, spec, command);
  const before = options[token.name];
  if (spec.multiple === true) options[token.name] = [...(Array.isArray(before) ? before : []), value];
  else if (before !== undefined) throw invalid(`--${token.name} is given twice.`, command);
  else options[token.name] = value;
}

function valueOf({ name, value, inlineValue }: OptionToken, spec: OptionSpec, command: CliCommand): string {
  if (value === undefined || (value.startsWith('--') && inlineValue !== true))
    throw invalid(`--${name} needs a value: ${spec.choices?.join(' or ') ?? spec.value ?? 'TEXT'}.`, command);
  if (spec.choices !== undefined && !spec.choices.includes(value))
    throw invalid(`--${name} is one of ${spec.choices.join(', ')}, not "${value}".`, command);
  return value;
}

function checkPositionals(command: CliCommand, given: readonly string[]): void {
  const specs = command.positionals ?? [];
  const missing = specs.filter((spec, index) => spec.required && (given[index] ?? '') === '');
  if (missing.length > 0) {
    throw invalid(`oatty ${command.path} needs ${missing.map(({ name }) => name).join(' and ')}.`, command);
  }
  if (given.length > specs.length && specs.at(-1)?.variadic !== true) {
    throw invalid(`oatty ${command.path} does not take "${given[specs.length]}".`, command);
  }
}

function unknownOption(command: CliCommand, rawName: string, names: readonly string[]): OattyError {
  return new OattyError('ARGUMENT_INVALID', `oatty ${command.path} has no option ${rawName}.`, {
    suggestedAction: nearestFlags(rawName, names) ?? helpHint(command),
    context: { option: rawName },
  });
}

function invalid(message: string, command: CliCommand): OattyError {
  return new OattyError('ARGUMENT_INVALID', message, { suggestedAction: helpHint(command) });
}

function helpHint(command: CliCommand): string {
  return `See oatty ${command.path} --help.`;
}
