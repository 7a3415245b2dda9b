/**
 * A question of a run as a form that an MCP client can show, and the form's content as the answer.
 *
 *   F1. Forms are flat objects of texts, numbers, yes or no, and choices; no other keyword survives.
 *   F2. What a form cannot hold (lists, objects) is a text of JSON, and is read back as JSON.
 *   F3. Choices are texts on the wire; the answer has the value that was offered.
 *   F4. A confirmation has no fields: to accept the form is to agree.
 */
import { OattyError } from '@oatty/types';
import type { JsonSchema, Question } from '@oatty/types';

export interface Form {
  readonly message: string;
  readonly schema: FormSchema;
}

interface FormSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, FormField>>;
  readonly required?: readonly string[];
}

type FormField = TextField | NumberField | BooleanField | ChoiceField;

interface FieldLabels {
  readonly title?: string;
  readonly description?: string;
}

interface TextField extends FieldLabels {
  readonly type: 'string';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: 'email' | 'uri' | 'date' | 'date-time';
  readonly default?: string;
}

interface NumberField extends FieldLabels {
  readonly type: 'number' | 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
}

interface BooleanField extends FieldLabels {
  readonly type: 'boolean';
  readonly default?: boolean;
}

interface ChoiceField extends FieldLabels {
  readonly type: 'string';
  readonly oneOf: readonly { readonly const: string; readonly title: string }[];
}

export function toForm({ kind, message, schema }: Question): Form {
  if (kind === 'confirmation') return toConfirmationForm(message);
  const { properties = {}, required } = schema as JsonSchema; // the question's schema is a JSON Schema (types/run.ts)
  const fields = Object.entries(properties).map(([name, property]) => [name, toField(property)] as const);
  return {
    message,
    schema: { type: 'object', properties: Object.fromEntries(fields), ...(required && { required }) },
  };
}

/** Such a question is not asked with a form: the protocol forbids it. */
export function asksForSecret({ schema }: Question): boolean {
  const { properties = {} } = schema as JsonSchema; // as above
  return Object.values(properties).some(({ writeOnly }) => writeOnly === true);
}

/** A form without fields: to accept it is to agree. */
export function toConfirmationForm(message: string): Form {
  return { message, schema: { type: 'object', properties: {} } };
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a text that is to be JSON and is not */
export function toAnswer(
  { kind, schema }: Question,
  content: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (kind === 'confirmation') return { confirm: true };
  const { properties = {} } = schema as JsonSchema;
  const values = Object.entries(content)
    .filter(([name]) => Object.hasOwn(properties, name))
    .map(([name, value]) => [name, toValue(name, value, properties[name] ?? {})] as const);
  return Object.fromEntries(values);
}

// --- internal ---

const formats: readonly unknown[] = ['email', 'uri', 'date', 'date-time'];

function toField(schema: JsonSchema): FormField {
  const choices = toChoices(schema);
  if (choices)
    return {
      ...toLabels(schema),
      type: 'string',
      oneOf: choices.map(({ text, title }) => ({ const: text, title })),
    };
  switch (schema.type) {
    case 'boolean':
      return { ...toLabels(schema), type: 'boolean', ...pick(schema, 'default', 'boolean') };
    case 'number':
    case 'integer':
      return {
        ...toLabels(schema),
        type: schema.type,
        ...pick(schema, 'minimum', 'number'),
        ...pick(schema, 'maximum', 'number'),
        ...pick(schema, 'default', 'number'),
      };
    case 'array':
    case 'object':
      return { ...toLabels(schema, `As JSON (${schema.type}).`), type: 'string' };
    case undefined:
    default:
      return {
        ...toLabels(schema),
        type: 'string',
        ...pick(schema, 'minLength', 'number'),
        ...pick(schema, 'maxLength', 'number'),
        ...(formats.includes(schema.format) && pick(schema, 'format', 'string')),
        ...pick(schema, 'default', 'string'),
      };
  }
}

interface Choice {
  readonly text: string;
  readonly title: string;
  readonly value: unknown;
}

function toChoices(schema: JsonSchema): readonly Choice[] | undefined {
  if (schema.enum) {
    const titles = toTitles(schema.enumNames);
    return schema.enum.map((value, index) => ({
      text: toText(value),
      title: titles[index] ?? toText(value),
      value,
    }));
  }
  const options = schema.oneOf ?? schema.anyOf;
  if (!options?.every((option) => Object.hasOwn(option, 'const'))) return undefined;
  return options.map((option) => ({
    text: toText(option.const),
    title: option.title ?? toText(option.const),
    value: option.const,
  }));
}

/** `enumNames`: the labels of an `enum`, in its order. */
function toTitles(names: unknown): readonly string[] {
  return Array.isArray(names) ? names.map(toText) : [];
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toLabels(schema: JsonSchema, note?: string): FieldLabels {
  const description = [schema.description, note].filter((text) => text !== undefined).join(' ');
  return { ...(schema.title !== undefined && { title: schema.title }), ...(description && { description }) };
}

/** The keyword when it is there with a value of that type. */
function pick(schema: JsonSchema, keyword: string, type: 'string' | 'number' | 'boolean'): object {
  return typeof schema[keyword] === type ? { [keyword]: schema[keyword] } : {};
}

function toValue(name: string, value: unknown, schema: JsonSchema): unknown {
  const choice = toChoices(schema)?.find(({ text }) => text === value);
  if (choice) return choice.value;
  if (typeof value !== 'string' || (schema.type !== 'array' && schema.type !== 'object')) return value;
  try {
    return JSON.parse(value);
  } catch (cause) {
    throw new OattyError('ARGUMENT_INVALID', `"${name}" is to be JSON (${schema.type}).`, { cause });
  }
}
