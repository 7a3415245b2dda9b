/** Help of an imported command, made from its description. */
import { resolveSchema } from '@oatty/types';
import type { CommandParameter, SchemaTable } from '@oatty/types';
import type { CommandDocument } from '@oatty/runtime';
import { commandOptions } from '../arguments/parse-command-arguments.ts';
import { toLine, toPrintable } from './printable.ts';

export function toCommandHelp({ command, schemas }: CommandDocument): string {
  const positionals = command.parameters.filter((parameter) => parameter.in === 'path');
  const flags = command.parameters.filter((parameter) => parameter.in !== 'path');
  return [
    toPrintable(command.summary),
    ...(command.deprecated === true ? ['Deprecated.'] : []),
    '',
    `Usage: oatty ${[command.id, ...positionals.map(({ name }) => `<${name}>`)].join(' ')} [options]`,
    `Effect: ${command.effect}`,
    ...section(
      'Positionals:',
      positionals.map((parameter) => toRow(parameter.name, parameter, schemas)),
    ),
    ...section(
      'Parameters:',
      flags.map((parameter) => toRow(`--${parameter.name}`, parameter, schemas)),
    ),
    ...section('Options:', Object.entries(commandOptions)),
  ].join('\n');
}

// --- internal ---

type Row = readonly [string, string];

function toRow(name: string, parameter: CommandParameter, schemas: SchemaTable): Row {
  const schema = resolveSchema(parameter.schema, schemas) ?? {};
  const type = Array.isArray(schema.type) ? schema.type.join('|') : (schema.type ?? 'any');
  const facts = [
    parameter.required ? 'required' : '',
    schema.enum === undefined
      ? ''
      : `one of ${schema.enum
          .slice(0, 12)
          .map((value) => JSON.stringify(value))
          .join(', ')}`,
    parameter.provider === undefined ? '' : `values from ${parameter.provider.command}`,
  ].filter((fact) => fact !== '');
  const text = toLine(parameter.description ?? schema.description ?? '', 160);
  return [
    `${name} ${String(type).toUpperCase()}`,
    [text, facts.length > 0 ? `(${facts.join('; ')})` : ''].join(' ').trim(),
  ];
}

function section(heading: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.min(36, Math.max(...rows.map(([left]) => left.length)));
  const lines = rows.map(([left, right]) =>
    left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`,
  );
  return ['', heading, ...lines];
}
