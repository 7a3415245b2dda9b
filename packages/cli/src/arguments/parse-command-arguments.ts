/**
 * Arguments of an imported command: `oatty shop orders:create ord_1 --quantity 2 --tags a --tags b`.
 *
 *   A1. Positionals fill the path parameters in the order of the path.
 *   A2. `--name value` sets a parameter under its name, with `-` or `_`; a repeated flag makes a list.
 *   A3. A boolean parameter may stand without a value; `--name=false` says no.
 *   A4. A parameter whose name is one of our own options is set with `--with NAME=VALUE`.
 *
 * Values stay text here: the dispatcher converts them by the command's schemas.
 */
import { nearestNames, OattyError, resolveSchema } from '@oatty/types';
import type { Command, CommandParameter, SchemaTable } from '@oatty/types';
import { globalOptions, parsePair } from './parse-arguments.ts';

export interface CommandInput {
  readonly with: Readonly<Record<string, unknown>>;
  /** `--body`: JSON text, `@file` or `-`, as given. */
  readonly body?: string;
  readonly dryRun: boolean;
  readonly maxPages?: string;
}

/** Options of ours that may stand among a command's own. */
export const commandOptions: Readonly<Record<string, string>> = {
  '--body JSON|@FILE|-': 'The request body.',
  '--with NAME=VALUE': 'Set a parameter whose name is one of the options here.',
  '--max-pages N': 'Follow a list over this many pages.',
  '--dry-run': 'Send nothing; show the request.',
};

/** @throws {OattyError} `ARGUMENT_INVALID` naming the flag or the positional */
export function parseCommandArguments(
  command: Command,
  schemas: SchemaTable,
  args: readonly string[],
): CommandInput {
  const state: State = { values: new Map(), positionals: [], rest: [...args], dryRun: false };
  while (state.rest.length > 0) takeNext(command, schemas, state);
  const path = command.parameters.filter((parameter) => parameter.in === 'path');
  if (state.positionals.length > path.length) {
    const wants = path.length === 0 ? 'none' : path.map(({ name }) => name).join(', ');
    throw invalid(
      command,
      `"${state.positionals[path.length]}" is one positional too many; they are: ${wants}.`,
    );
  }
  for (const [index, text] of state.positionals.entries()) add(state, path[index]?.name ?? '', text);
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
  maxPages?: string;
  dryRun: boolean;
}

function takeNext(command: Command, schemas: SchemaTable, state: State): void {
  const word = state.rest.shift() ?? '';
  if (word === '--') {
    state.positionals.push(...state.rest.splice(0));
    return;
  }
  if (!word.startsWith('--')) {
    state.positionals.push(word);
    return;
  }
  const [flag, inline] = splitFlag(word);
  if (takeOwnOption(command, state, flag, inline)) return;
  const parameter = findParameter(command, flag);
  if (isBoolean(parameter, schemas) && inline === undefined) add(state, parameter.name, true);
  else add(state, parameter.name, inline ?? nextValue(command, state, flag));
}

function takeOwnOption(command: Command, state: State, flag: string, inline: string | undefined): boolean {
  if (Object.hasOwn(globalOptions, flag)) return true;
  if (flag === 'dry-run') state.dryRun = true;
  else if (flag === 'body') state.body = inline ?? nextValue(command, state, flag);
  else if (flag === 'max-pages') state.maxPages = inline ?? nextValue(command, state, flag);
  else if (flag === 'with') {
    const [name, value] = parsePair('with', inline ?? nextValue(command, state, flag));
    add(state, findParameter(command, name).name, value);
  } else return false;
  return true;
}

function findParameter(command: Command, flag: string): CommandParameter {
  const plain = (name: string) => name.replaceAll('-', '_').toLowerCase();
  const found =
    command.parameters.find(({ name }) => name === flag) ??
    command.parameters.find(({ name }) => plain(name) === plain(flag));
  if (found !== undefined) return found;
  const [nearest] = nearestNames(
    flag,
    command.parameters.map(({ name }) => name),
  );
  throw invalid(
    command,
    `${command.id} has no parameter "${flag}".`,
    nearest && `Did you mean --${nearest}?`,
  );
}

function isBoolean(parameter: CommandParameter, schemas: SchemaTable): boolean {
  return resolveSchema(parameter.schema, schemas)?.type === 'boolean';
}

function nextValue(command: Command, state: State, flag: string): string {
  const value = state.rest.shift();
  if (value === undefined) throw invalid(command, `--${flag} needs a value.`);
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
