/** Declared inputs → the JSON Schema of the inputs of an Arazzo workflow. */
import { isRequiredInput } from '@oatty/types';
import type { Workflow, WorkflowInput } from '@oatty/types';
import type { Findings } from './findings.ts';
import type { Shape } from './read-shape.ts';

export function exportInputs(inputs: Workflow['inputs'], findings: Findings): Shape | undefined {
  const entries = Object.entries(inputs ?? {});
  if (entries.length === 0) return undefined;
  const properties = entries.map(([name, input]) => [name, toProperty(input, `$.inputs.${name}`, findings)]);
  const required = entries
    .filter(([, input]) => isRequiredInput(input) && !input.default)
    .map(([name]) => name);
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties) as Shape,
  };
}

// --- internal ---

const types: Readonly<Record<string, Shape>> = {
  float: { type: 'number' },
  double: { type: 'number' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
};

/** They help whoever fills a value in, and change nothing of it. */
const unsaid = ['provider', 'provider_args', 'depends_on', 'select', 'cache_ttl_sec', 'on_error'] as const;
const shown = ['placeholder', 'hint', 'example'] as const;

function toProperty(input: WorkflowInput, path: string, findings: Findings): Shape {
  for (const key of [...unsaid, ...shown]) {
    if (input[key] === undefined || input[key] === null) continue;
    findings.warn(`${path}.${key}`, 'arazzo_input', `"${key}" has no counterpart in Arazzo.`);
  }
  if (input.mode === 'multiple' || input.join) {
    findings.refuse(path, 'arazzo_input', 'Several values joined to one have no counterpart in Arazzo.');
  }
  const { validate } = input;
  const values = input.enum ?? validate?.enum;
  return {
    ...(input.name && { title: input.name }),
    ...(input.description && { description: input.description }),
    ...(input.type && (types[input.type] ?? { type: input.type })),
    ...(input.secret === true && { format: 'password' }),
    ...(values && { enum: values }),
    ...(validate?.pattern && { pattern: validate.pattern }),
    ...definedOnly({
      minLength: validate?.min_length,
      maxLength: validate?.max_length,
      minimum: validate?.minimum,
      maximum: validate?.maximum,
    }),
    ...toDefault(input, path, findings),
  };
}

function definedOnly(shape: Shape): Shape {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined && value !== null),
  );
}

function toDefault({ default: fallback }: WorkflowInput, path: string, findings: Findings): Shape {
  if (!fallback) return {};
  if (fallback.from === 'literal' && !JSON.stringify(fallback.value).includes('${{')) {
    return { default: fallback.value };
  }
  findings.warn(
    `${path}.default`,
    'arazzo_input',
    'A default that is computed or looked up has no counterpart.',
  );
  return {};
}
