/** Help texts, made from the specs of the commands. */
import { OattyError } from '@oatty/types';
import { globalOptions } from '../arguments/parse-arguments.ts';
import type { CliCommand, OptionSpec } from '../cli-command.ts';
import { findCommand, isCommandGroup, loadCommands } from '../command-table.ts';

/** `oatty help`, `oatty help workflow`, `oatty help workflow list`. */
export async function helpFor(words: readonly string[]): Promise<string> {
  if (words.length === 0) return overview();
  const found = await findCommand(words);
  if (found !== undefined) return commandHelp(found.command);
  if (isCommandGroup(words[0] ?? '')) return groupHelp(words[0] ?? '');
  throw new OattyError('ARGUMENT_INVALID', `oatty has no command "${words.join(' ')}".`, {
    suggestedAction: 'See oatty --help.',
  });
}

export async function overview(): Promise<string> {
  const commands = await loadCommands('');
  return [
    'oatty turns any API into commands, and commands into workflows.',
    '',
    'Usage: oatty <command> [options]',
    '       oatty <vendor> <command> [positionals] [--flag value]',
    '',
    'Commands:',
    ...columns(commands.map((command) => [usageOf(command), command.summary])),
    '',
    'Options for every command:',
    ...columns(optionRows(globalOptions)),
    ...columns([['--version', 'Print the version.']]),
    '',
    'Begin with: oatty import https://example.com/openapi.yaml',
  ].join('\n');
}

export async function groupHelp(group: string): Promise<string> {
  const commands = await loadCommands(`${group} `);
  return [
    `Usage: oatty ${group} <command> [options]`,
    '',
    ...columns(commands.map((command) => [usageOf(command), command.summary])),
  ].join('\n');
}

export function commandHelp(command: CliCommand): string {
  const positionals = command.positionals ?? [];
  const options = Object.entries(command.options ?? {});
  return [
    command.summary,
    '',
    `Usage: oatty ${usageOf(command)}${options.length > 0 ? ' [options]' : ''}`,
    ...section(
      'Arguments:',
      positionals.map(({ name, description }) => [name, description]),
    ),
    ...section('Options:', optionRows(command.options ?? {})),
    ...section('Options for every command:', optionRows(globalOptions)),
    ...(command.examples === undefined
      ? []
      : ['', 'Examples:', ...command.examples.map((line) => `  ${line}`)]),
  ].join('\n');
}

// --- internal ---

type Row = readonly [string, string];

function usageOf({ path, positionals = [] }: CliCommand): string {
  const words = positionals.map(({ name, required, variadic }) => {
    const word = variadic === true ? `${name}…` : name;
    return required ? word : `[${word}]`;
  });
  return [path, ...words].join(' ');
}

function optionRows(options: Readonly<Record<string, OptionSpec>>): Row[] {
  return Object.entries(options).map(([name, spec]) => {
    const value = spec.choices?.join('|') ?? spec.value ?? 'TEXT';
    const repeat = spec.multiple === true ? ' (may be repeated)' : '';
    return [spec.type === 'boolean' ? `--${name}` : `--${name} ${value}`, spec.description + repeat];
  });
}

function section(heading: string, rows: readonly Row[]): string[] {
  return rows.length === 0 ? [] : ['', heading, ...columns(rows)];
}

function columns(rows: readonly Row[]): string[] {
  const width = Math.min(34, Math.max(...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) =>
    left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`,
  );
}
