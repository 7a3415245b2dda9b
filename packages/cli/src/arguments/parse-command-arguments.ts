/**
 * Arguments of an imported command: `oatty shop orders:create ord_1 --quantity 2 --tags a --tags b`.
 *
 *   A1. Positionals fill the path parameters that no flag has set, in the order of the path.
 *   A2. `--name value` sets a parameter under its name, with `-` or `_`; a repeated flag makes a list.
 *   A3. A boolean parameter may stand without a value; `--name false` and `--name=false` say no.
 *   A4. A parameter whose name is one of our own options is set with `--with NAME=VALUE`.
 *   A5. A value that begins with `--` is written with `=`; everything after a lone `--` is a positional.
 *
 * Values stay text here: the dispatcher converts them by the command's schemas.
 */
import { OattyError, resolveSchema } from '@oatty/types';
import type { Command, CommandParameter, SchemaTable } from '@oatty/types';
import type { OptionSpec } from '../cli-command.ts';
import { isGlobalFlag } from './global-flags.ts';
import { nearestFlags } from './nearest-flags.ts';
import { parseCount, parsePair } from './option-values.ts';

export interface CommandInput {
  readonly with: Readonly<Record<string, unknown>>;
  /** JSON text, `@file` or `-`, as given. */
  readonly body?: string;
  readonly dryRun: boolean;
  readonly maxPages?: number;
}

/** Options of ours that may stand among a command's own. */
export const commandOptions: Readonly<Record<'body' | 'with' | 'max-pages' | 'dry-run', OptionSpec>> = {
  body: {
    type: 'string',
    value: 'JSON|@FILE|-',
    description: 'The whole request body: as it stands here, from a file, or from stdin.',
  },
  with: {
    type: 'string',
    value: 'NAME=VALUE',
    multiple: true,
    description: 'Set a parameter that has the name of one of the options here.',
  },
  'max-pages': { type: 'string', value: 'N', description: 'Follow a list over at most so many pages.' },
  'dry-run': { type: 'boolean', description: 'Send nothing; show the request.' },
};

/** @throws {OattyError} `ARGUMENT_INVALID` naming the flag or the positional */
export function parseCommandArguments(
  command: Command,
  schemas: SchemaTable,
  args: readonly string[],
): CommandInput {
  const state: State = { values: new Map(), positionals: [], rest: [...args], dryRun: false };
  while (state.rest.length > 0) takeNext(command, schemas, state);
  placePositionals(command, state);
  const values = [...state.values].map(([name, texts]) => [name, texts.length === 1 ? texts[0] : texts]);
  return {
    with: Object.fromEntries(values) as Readonly<Record<string, unknown>>, // names are keys of the command
    ...(state.body !== undefined && { body: state.body }),
    ...(state.maxPages !== undefined && { maxPages: state.maxPages }),
    dryRun: state.dryRun,
  };
}

// --- internal ---

interface State {
  readonly values: Map<string, (string | true)[]>;
  readonly positionals: string[];
  readonly rest: string[];
  body?: string;
  maxPages?: number;
  dryRun: boolean;
}

function takeNext(command: Command, schemas: SchemaTable, state: State): void {
  const word = state.rest.shift() ?? '';
  if (word === '--') state.positionals.push(...state.rest.splice(0));
  else if (isGlobalFlag(word)) return; // read already
  else if (word.startsWith('--')) takeFlag(command, schemas, state, word);
  else state.positionals.push(word);
}

function takeFlag(command: Command, schemas: SchemaTable, state: State, word: string): void {
  const [flag, inline] = splitFlag(word);
  const value = () => inline ?? nextValue(command, state, flag);
  if (flag === 'dry-run') state.dryRun = true;
  else if (flag === 'body') state.body = value();
  else if (flag === 'max-pages') state.maxPages = parseCount('max-pages', value());
  else if (flag === 'with') {
    const [name, text] = parsePair('with', value());
    add(state, findParameter(command, name).name, text);
  } else {
    const parameter = findParameter(command, flag);
    add(state, parameter.name, isSwitch(parameter, schemas, state, inline) ? true : value());
  }
}

/** A boolean without a value of its own. */
function isSwitch(
  parameter: CommandParameter,
  schemas: SchemaTable,
  { rest: [next] }: State,
  inline: string | undefined,
): boolean {
  if (resolveSchema(parameter.schema, schemas)?.type !== 'boolean') return false;
  return inline === undefined && next !== 'true' && next !== 'false';
}

function placePositionals(command: Command, state: State): void {
  const path = command.parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name);
  const free = path.filter((name) => !state.values.has(name));
  const tooMany = state.positionals[free.length];
  if (tooMany !== undefined) {
    const takes = path.length === 0 ? 'no positionals' : `only ${path.join(' and ')}`;
    throw invalid(command, `"${tooMany}" is one positional too many: ${command.id} takes ${takes}.`);
  }
  for (const [index, text] of state.positionals.entries()) add(state, free[index] ?? '', text);
}

function findParameter(command: Command, flag: string): CommandParameter {
  const found =
    command.parameters.find(({ name }) => name === flag) ??
    command.parameters.find(({ name }) => toPlainName(name) === toPlainName(flag));
  if (found !== undefined) return found;
  const names = [...command.parameters.map(({ name }) => name), ...Object.keys(commandOptions)];
  throw invalid(command, `${command.id} has no parameter --${flag}.`, nearestFlags(flag, names));
}

function toPlainName(name: string): string {
  return name.replaceAll('-', '_').toLowerCase();
}

function nextValue(command: Command, state: State, flag: string): string {
  const [value] = state.rest;
  if (value === undefined || value.startsWith('--')) throw invalid(command, `--${flag} needs a value.`);
  state.rest.shift();
  return value;
}

function splitFlag(word: string): [string, string | undefined] {
  const split = word.indexOf('=');
  return split === -1 ? [word.slice(2), undefined] : [word.slice(2, split), word.slice(split + 1)];
}

function add(state: State, name: string, value: string | true): void {
  state.values.set(name, [...(state.values.get(name) ?? []), value]);
}

function invalid(command: Command, message: string, hint?: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', message, {
    suggestedAction: hint ?? `See oatty ${command.id} --help.`,
    context: { command_id: command.id },
  });
}
