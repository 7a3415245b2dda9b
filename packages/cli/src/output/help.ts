/** Help texts, made from the specs of the commands. */
import { globalOptions } from '../arguments/global-flags.ts';
import type { CliCommand, OptionSpec } from '../cli-command.ts';
import { loadCommands } from '../command-table.ts';
import { toSection, wrap } from './columns.ts';
import type { Row } from './columns.ts';

export async function overview(): Promise<string> {
  const commands = await loadCommands('');
  const inGroup = (group: string) => commands.filter((command) => groupOf(command) === group).map(toRow);
  return [
    'oatty turns any API into commands, and commands into workflows.',
    '',
    'Usage: oatty <command> [options]',
    '       oatty <vendor> <command> [positionals] [--flag value]',
    ...toSection('Commands:', inGroup('')),
    ...toSection('Workflows:', inGroup('workflow')),
    ...toSection('Runs:', inGroup('runs')),
    ...toSection('Catalogs:', inGroup('catalog')),
    ...toSection('Schedules:', inGroup('schedule')),
    ...toSection('Secrets:', inGroup('secret')),
    ...toSection('Logins:', inGroup('auth')),
    ...toSection('Options for every command:', [
      ...toOptionRows(globalOptions),
      ['--version', 'Print the version.'],
    ]),
    '',
    'Begin with: oatty import https://example.com/openapi.yaml',
    'More:       oatty <command> --help',
  ].join('\n');
}

export async function groupHelp(group: string): Promise<string> {
  const commands = await loadCommands(`${group} `);
  return [
    `Usage: oatty ${group} <command> [options]`,
    ...toSection('Commands:', commands.map(toRow)),
    '',
    `More: oatty ${group} <command> --help`,
  ].join('\n');
}

export function commandHelp(command: CliCommand): string {
  const { summary, positionals = [], options = {}, notes = [], examples = [] } = command;
  const hasOptions = Object.keys(options).length > 0;
  return [
    summary,
    '',
    `Usage: oatty ${usageOf(command)}${hasOptions ? ' [options]' : ''}`,
    ...toSection(
      'Arguments:',
      positionals.map(({ name, description }) => [name, description]),
    ),
    ...toSection('Options:', toOptionRows(options)),
    ...notes.flatMap((note) => ['', ...wrap(note, 80)]),
    '',
    `For every command: ${Object.keys(globalOptions)
      .map((name) => `--${name}`)
      .join(' ')}`,
    ...(examples.length === 0 ? [] : ['', 'Examples:', ...examples.map((line) => `  ${line}`)]),
  ].join('\n');
}

export function toOptionRows(options: Readonly<Record<string, OptionSpec>>): Row[] {
  return Object.entries(options).map(([name, spec]) => {
    const value = spec.choices?.join('|') ?? spec.value ?? 'TEXT';
    const repeat = spec.multiple === true ? ' May be repeated.' : '';
    return [spec.type === 'boolean' ? `--${name}` : `--${name} ${value}`, spec.description + repeat];
  });
}

// --- internal ---

function groupOf({ path }: CliCommand): string {
  return path.includes(' ') ? (path.split(' ')[0] ?? '') : '';
}

function toRow(command: CliCommand): Row {
  return [usageOf(command), command.summary];
}

function usageOf({ path, positionals = [] }: CliCommand): string {
  const words = positionals.map(({ name, required, variadic }) => {
    const word = variadic === true ? `${name}…` : name;
    return required ? word : `[${word}]`;
  });
  return [path, ...words].join(' ');
}
