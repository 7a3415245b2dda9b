/**
 * How a workflow is called, and what it calls: read from the manifest without judging it, so that lists and searches
 * need no schema library. What is not as it should be is left out.
 */
import { isRequiredInput } from '@oatty/types';
import type { CommandParameter, JsonSchema } from '@oatty/types';

export interface WorkflowSignature {
  /** One for each input. */
  readonly parameters: readonly CommandParameter[];
  /** The commands of the steps. */
  readonly runs: readonly string[];
}

export function readSignature({ inputs, steps }: Readonly<Record<string, unknown>>): WorkflowSignature {
  return {
    parameters: Object.entries(isMap(inputs) ? inputs : {}).map(([name, input]) =>
      toParameter(name, isMap(input) ? input : {}),
    ),
    runs: (Array.isArray(steps) ? steps : []).flatMap((step: unknown) => {
      const run = isMap(step) ? step['run'] : undefined;
      return typeof run === 'string' ? run : [];
    }),
  };
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// --- internal ---

/** A default may turn out to have no value; then the run says so. */
function toParameter(name: string, input: Readonly<Record<string, unknown>>): CommandParameter {
  const { description, default: fallback, optional, validate } = input;
  const rule = {
    optional: optional === true,
    validate: { required: isMap(validate) && validate['required'] === true },
  };
  const isRequired = isRequiredInput(rule);
  return {
    name,
    in: 'body',
    required: isRequired && (fallback === undefined || fallback === null),
    ...(typeof description === 'string' && { description }),
    schema: toSchema(input, isRequired),
  };
}

/** What can be said of the values without resolving them; the run itself checks the rest. */
function toSchema(
  { mode, type: declared }: Readonly<Record<string, unknown>>,
  isRequired: boolean,
): JsonSchema {
  const type = typeof declared === 'string' ? jsonTypes.get(declared) : undefined;
  if (mode === 'multiple' || type === undefined) return {};
  return isRequired ? { type } : { type: [type, 'null'] };
}

const jsonTypes: ReadonlyMap<string, string> = new Map([
  ['string', 'string'],
  ['integer', 'integer'],
  ['number', 'number'],
  ['float', 'number'],
  ['double', 'number'],
  ['boolean', 'boolean'],
  ['array', 'array'],
  ['object', 'object'],
  ['date', 'string'],
  ['datetime', 'string'],
]);
