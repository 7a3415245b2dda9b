/** A JSON Schema where inputs should stand by name: the one mistake that it is, and the inputs that it describes. */
import { isRecord } from '@oatty/types';
import { writeObject } from './advise-on-type.ts';
import { knownKeys } from './manifest-parts.ts';
import { readPath } from './manifest-path.ts';
import type { Finding } from './validation-report.ts';
import type { ViolationRule } from './validation-rules.ts';

export interface InputsSchema {
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required: readonly unknown[];
}

/** Of a manifest that has mistakes. An input may be called `properties` too. */
export function findInputsSchema(manifest: unknown): InputsSchema | undefined {
  const inputs = readPath(manifest, ['inputs']);
  const properties = isRecord(inputs) ? inputs['properties'] : undefined;
  if (!isRecord(inputs) || !isRecord(properties)) return undefined;
  const entries = Object.entries(properties);
  const declared = entries.flatMap(([name, value]) => (isRecord(value) ? [[name, value] as const] : []));
  const inputKeys = knownKeys(['inputs', 'properties']);
  const hasOtherSigns = typeof inputs['type'] === 'string' || Array.isArray(inputs['required']);
  const isSchema = hasOtherSigns || !entries.some(([name]) => inputKeys.includes(name));
  if (!isSchema || entries.length === 0 || declared.length < entries.length) return undefined;
  const { required } = inputs;
  return {
    properties: Object.fromEntries(declared),
    required: Array.isArray(required) ? required : Object.keys(properties),
  };
}

export function explainInputsSchema({ properties, required }: InputsSchema): Finding<ViolationRule> {
  const inputs = Object.entries(properties).map(([name, schema]) => [
    name,
    { ...toInput(schema), ...(!required.includes(name) && { optional: true }) },
  ]);
  return {
    path: ['inputs'],
    rule: 'schema',
    message: '"inputs" is a JSON Schema, but inputs stand by name.',
    suggestion:
      writeObject('inputs', Object.fromEntries(inputs)) ??
      'Write each of its properties directly under "inputs", with "optional: true" for those that are not required.',
    target: 'key',
  };
}

// --- internal ---

/** What both say in the same way, and a default. */
function toInput({ type, description, enum: values, default: value }: Readonly<Record<string, unknown>>) {
  return {
    ...(typeof type === 'string' && { type }),
    ...(description !== undefined && { description }),
    ...(values !== undefined && { enum: values }),
    ...(value !== undefined && { default: { from: 'literal', value } }),
  };
}
