/** Help of an imported command, made from its description. */
import { resolveSchema } from '@oatty/types';
import type { Command, CommandParameter, SchemaTable } from '@oatty/types';
import type { CommandDocument } from '@oatty/runtime';
import { commandOptions } from '../arguments/parse-command-arguments.ts';
import { toCallWords } from '../command-table.ts';
import { toSection, wrap } from './columns.ts';
import type { Row } from './columns.ts';
import { toOptionRows } from './help.ts';
import { toLine, toPrintable } from './printable.ts';

export function toCommandHelp({ command, schemas }: CommandDocument): string {
  const positionals = command.parameters.filter((parameter) => parameter.in === 'path');
  const flags = command.parameters.filter((parameter) => parameter.in !== 'path');
  return [
    toPrintable(command.summary),
    ...toDescription(command),
    ...(command.deprecated === true ? ['', 'Deprecated.'] : []),
    '',
    `Usage: ${toUsage(command)}`,
    `Effect: ${command.effect}`,
    ...toBodyLine(command),
    ...toSection(
      'Positionals:',
      positionals.map((parameter) => toRow(parameter.name, parameter, schemas)),
    ),
    ...toSection(
      'Parameters:',
      flags.map((parameter) => toRow(`--${parameter.name}`, parameter, schemas)),
    ),
    ...toSection('Options:', toOptionRows(commandOptions)),
  ].join('\n');
}

/** `oatty shop orders:info <order> [options]` */
export function toUsage({ id, parameters }: Command): string {
  const path = parameters.flatMap(({ name, in: place }) => (place === 'path' ? [`<${name}>`] : []));
  return ['oatty', toCallWords(id), ...path, '[options]'].map(toPrintable).join(' ');
}

// --- internal ---

const helpWidth = 80;
const maxValues = 12;

function toDescription({ summary, description = '' }: Command): string[] {
  if (description === '' || description === summary) return [];
  return ['', ...wrap(toLine(description, 800), helpWidth)];
}

function toBodyLine({ body }: Command): string[] {
  if (body === undefined) return [];
  return [`Body: ${toPrintable(body.media_type)}${body.required ? ', required' : ''}`];
}

function toRow(name: string, parameter: CommandParameter, schemas: SchemaTable): Row {
  const schema = resolveSchema(parameter.schema, schemas) ?? {};
  const type = [schema.type ?? 'any'].flat().join('|').toUpperCase();
  const values = (schema.enum ?? []).slice(0, maxValues).map((value) => JSON.stringify(value));
  const facts = [
    ...(parameter.required ? ['required'] : []),
    ...(values.length === 0
      ? []
      : [`one of ${values.join(', ')}${(schema.enum?.length ?? 0) > maxValues ? ', …' : ''}`]),
    ...(parameter.provider === undefined ? [] : [`values from ${parameter.provider.command}`]),
  ];
  const text = toLine(parameter.description ?? schema.description ?? '', 200);
  return [
    toPrintable(`${name} ${type}`),
    toPrintable([text, ...(facts.length > 0 ? [`(${facts.join('; ')})`] : [])].join(' ').trim()),
  ];
}
