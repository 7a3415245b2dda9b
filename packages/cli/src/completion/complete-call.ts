/** The words of a call so far → what may come next. */
import { resolveSchema } from '@oatty/types';
import type { CommandDocument } from '@oatty/runtime';
import type { CommandParameter, JsonSchema } from '@oatty/types';
import { globalOptions, splitCall } from '../arguments/global-flags.ts';
import { commandOptions } from '../arguments/parse-command-arguments.ts';
import type { CliCommand, OptionSpec } from '../cli-command.ts';
import { findCommand, firstWords, wordsOfGroup } from '../command-table.ts';
import { completeArguments } from './complete-arguments.ts';
import type { ArgumentSpecs } from './complete-arguments.ts';
import { narrow, nothing, toCompletion } from './completion.ts';
import type { Completion } from './completion.ts';
import type { LiveValues } from './live-values.ts';
import { kindsOfOption, kindsOfPositional } from './value-kind.ts';
import type { ValueKind } from './value-kind.ts';

/** @param words - of the line without the name of the program; the last one is being typed */
export async function completeCall(words: readonly string[], live: LiveValues): Promise<Completion> {
  const current = words.at(-1) ?? '';
  return narrow(await completeNext(words.slice(0, -1), current, live), current);
}

// --- internal ---

async function completeNext(
  before: readonly string[],
  current: string,
  live: LiveValues,
): Promise<Completion> {
  const { words, rest } = splitCall(before);
  const [first, second] = words;
  if (first === undefined) return rest.length > 0 ? nothing : completeFirst(current, live);
  if (first === 'help') return completeHelp(words.slice(1));
  if (first === 'exec') return completeImported(words.slice(1), rest, current, live);
  const found = await findCommand(words);
  if (found) {
    const args = [...words.slice(found.words), ...rest];
    return completeArguments(toSpecs(found.command, live), args, current);
  }
  if (wordsOfGroup(first).length > 0) return second === undefined ? toWords(wordsOfGroup(first)) : nothing;
  return completeImported(words, rest, current, live);
}

async function completeFirst(current: string, live: LiveValues): Promise<Completion> {
  if (current.startsWith('-'))
    return toWords([...Object.keys(globalOptions), 'version'].map((name) => `--${name}`));
  const vendors = await live.of('vendor');
  return toCompletion([
    ...[...firstWords].map((value) => ({ value })),
    ...vendors.filter(({ value }) => !firstWords.has(value)),
  ]);
}

function completeHelp([first, second]: readonly string[]): Completion {
  if (first === undefined) return toWords([...firstWords].filter((word) => word !== 'help'));
  return second === undefined ? toWords(wordsOfGroup(first)) : nothing;
}

function toWords(words: readonly string[]): Completion {
  return toCompletion(words.map((value) => ({ value })));
}

function toSpecs(command: CliCommand, live: LiveValues): ArgumentSpecs {
  const { positionals = [], options = {} } = command;
  return {
    options: { ...options, ...globalOptions },
    optionValues: (name, spec) => lookUp(kindsOfOption(name, spec), live),
    positionalValues(index) {
      const last = positionals.at(-1);
      const spec = positionals[index] ?? (last?.variadic === true ? last : undefined);
      if (spec?.name.includes('|') === true) return Promise.resolve(toWords(spec.name.split('|')));
      return lookUp(spec ? kindsOfPositional(command, spec.name) : [], live);
    },
  };
}

async function lookUp(kinds: readonly ValueKind[], live: LiveValues): Promise<Completion> {
  const known = kinds.filter((kind) => kind !== 'file');
  const candidates = await Promise.all(known.map((kind) => live.of(kind)));
  return { candidates: candidates.flat(), files: kinds.includes('file') };
}

/** `shop orders:list --status open` */
async function completeImported(
  [vendor, name, ...positionals]: readonly string[],
  rest: readonly string[],
  current: string,
  live: LiveValues,
): Promise<Completion> {
  if (vendor === undefined) return toCompletion(await live.of('vendor'));
  if (name === undefined) return rest.length > 0 ? nothing : toCompletion(await live.commandsOf(vendor));
  const document = await live.command(`${vendor} ${name}`);
  return document
    ? completeArguments(toImportedSpecs(document), [...positionals, ...rest], current)
    : nothing;
}

function toImportedSpecs({ command, schemas }: CommandDocument): ArgumentSpecs {
  const schemaOf = (parameter: CommandParameter) => resolveSchema(parameter.schema, schemas) ?? {};
  const flags = command.parameters.map(
    (parameter) => [parameter.name, toOption(parameter, schemaOf(parameter))] as const,
  );
  const path = command.parameters.filter((parameter) => parameter.in === 'path');
  return {
    options: { ...Object.fromEntries(flags), ...commandOptions, ...globalOptions },
    optionValues: async (name, spec) => ({
      candidates: [],
      files: kindsOfOption(name, spec).includes('file'),
    }),
    async positionalValues(index) {
      const parameter = path[index];
      return parameter ? toWords(choicesOf(schemaOf(parameter))) : nothing;
    },
  };
}

function toOption({ description = '' }: CommandParameter, schema: JsonSchema): OptionSpec {
  const choices = choicesOf(schema);
  return {
    type: schema.type === 'boolean' ? 'boolean' : 'string',
    multiple: schema.type === 'array',
    description: description === '' ? (schema.description ?? '') : description,
    ...(choices.length > 0 && { choices }),
  };
}

function choicesOf({ enum: values = [] }: JsonSchema): string[] {
  return values.filter((value) => typeof value === 'string');
}
