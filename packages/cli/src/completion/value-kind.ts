/** What a value is, by the names that help texts show: so that a new command is completed without being told. */
import type { CliCommand, OptionSpec } from '../cli-command.ts';

export type ValueKind = 'workflow' | 'catalog' | 'vendor' | 'run' | 'queue' | 'file';

/** @param name - of the positional: `ID`, `WORKFLOW`, `FILE` */
export function kindsOfPositional({ path }: CliCommand, name: string): readonly ValueKind[] {
  if (name === 'ID' || name === 'RUN') return idKinds[path.split(' ')[0] ?? ''] ?? [];
  return positionalKinds[name] ?? [];
}

/** @param name - without the dashes */
export function kindsOfOption(name: string, { value = '' }: OptionSpec): readonly ValueKind[] {
  if (name === 'vendor' || name === 'catalog' || name === 'queue') return [name];
  return /\bFILE\b/i.test(value) || value === 'PATH' ? ['file'] : [];
}

// --- internal ---

/** What an `ID` is, by the first word of the command. */
const idKinds: Readonly<Record<string, readonly ValueKind[]>> = {
  workflow: ['workflow'],
  catalog: ['catalog'],
  runs: ['run'],
};

const positionalKinds: Readonly<Record<string, readonly ValueKind[]>> = {
  WORKFLOW: ['workflow', 'file'],
  CATALOG: ['catalog'],
  VENDOR: ['vendor'],
  FILE: ['file'],
  SOURCE: ['file'],
};
