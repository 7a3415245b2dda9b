/**
 * Parameters and body properties of an operation → parameters of a command.
 *
 *   B1. Path parameters first, in the order of the path; then the others as declared; then the properties of an
 *       object body.
 *   B2. A property is required where its schema says so. A body that is not required may still be left out as a whole.
 *   B3. Properties that only the server gives (`readOnly`) are no parameters, nor are those of a body that is sent as
 *       text or bytes (XML, say): it can only be given as a whole.
 *   B4. A header of a part (multipart) is required where the header and its part are, and is named after both.
 *   B5. A header for idempotency keys on an operation that changes something is filled by oatty, so it is no
 *       parameter; where the description requires it, it stays one that may be given.
 *   B6. A parameter that a security scheme of the operation fills (an API key, say) is not required: the catalog has it.
 */
import type { CommandParameter, HttpExecution, JsonSchema } from '@oatty/types';
import { hasProperties } from '../model/media-types.ts';
import type { Operation, OperationParameter } from '../model/operation.ts';
import type { ShapeProperty } from '../model/shape-reader.ts';
import type { DraftParameter, EmitContext } from './emit-context.ts';
import { nameParameters } from './name-parameters.ts';
import { truncate } from './plain-text.ts';

export function toParameters(operation: Operation, context: EmitContext): CommandParameter[] {
  const key = idempotencyHeader(operation);
  const declared = operation.parameters
    .filter((parameter) => parameter !== key || parameter.required)
    .map((parameter) => {
      const draft = toDraft(operation, parameter, context);
      const isFilled = parameter === key || isCredential(operation, parameter, context);
      return isFilled && draft.required ? { ...draft, required: false } : draft;
    });
  const properties = bodyProperties(operation, context);
  const drafts = [...declared.map((draft) => withPartRule(draft, properties)), ...properties];
  const names = nameParameters(operation.path, drafts);
  return drafts.map((draft, index) => withName(operation, draft, names[index] ?? draft.name, context));
}

/** B5 */
export function toIdempotency(operation: Operation): HttpExecution['idempotency'] {
  const key = idempotencyHeader(operation);
  return key && { header: key.name, honoured: true };
}

// --- internal ---

const maxDescriptionLength = 1_000;

/** So many differing variants of one property are kept; beyond that any value is allowed. */
const maxVariants = 20;

function toDraft(operation: Operation, parameter: OperationParameter, context: EmitContext): DraftParameter {
  const known = context.parameters.get(parameter);
  if (known) return known;
  const { name, style, explode, mediaType, wholeQuery, part } = parameter;
  const draft = {
    name,
    in: parameter.in,
    required: parameter.required,
    ...describe(parameter.description),
    schema: context.schemas.toSchema(parameter.schema, operation.label),
    ...(style !== undefined && { style }),
    ...(explode !== undefined && { explode }),
    ...(parameter.allowReserved === true && { allow_reserved: true }),
    ...(wholeQuery === true && { whole_query: true }),
    ...(mediaType !== undefined && { media_type: mediaType }),
    ...(part !== undefined && { part }),
  };
  context.parameters.set(parameter, draft);
  return draft;
}

/** B6 */
function isCredential(
  { security = [] }: Operation,
  { name, in: place }: OperationParameter,
  { securitySchemes }: EmitContext,
): boolean {
  const schemes = security
    .flatMap((requirement) => Object.keys(requirement))
    .map((one) => securitySchemes[one]);
  return schemes.some((scheme) => scheme?.kind === 'api_key' && scheme.in === place && scheme.name === name);
}

/** B4 */
function withPartRule(draft: DraftParameter, properties: readonly DraftParameter[]): DraftParameter {
  if (draft.part === undefined) return draft;
  const isPartRequired = properties.some(({ name, required }) => required && name === draft.part);
  return { ...draft, required: draft.required && isPartRequired };
}

function bodyProperties(operation: Operation, context: EmitContext): readonly DraftParameter[] {
  const { body, label } = operation;
  if (!body || !hasProperties(body.mediaType)) return [];
  const shape = context.shapes.readWithHeirs(body.schema, label);
  if (shape.kind !== 'object') return [];
  const known = context.bodies.get(shape);
  if (known) return known;
  const drafts = [...shape.properties]
    .filter(([, property]) => !property.schemas.every((raw) => context.shapes.isReadOnly(raw, label)))
    .map(([name, property]) => toPropertyDraft(name, property, label, context));
  context.bodies.set(shape, drafts);
  return drafts;
}

function toPropertyDraft(
  name: string,
  property: ShapeProperty,
  label: string,
  context: EmitContext,
): DraftParameter {
  const { description, ...schema } = toPropertySchema(property, label, context);
  return { name, in: 'body', required: property.required, ...describe(description), schema };
}

function toPropertySchema(property: ShapeProperty, label: string, context: EmitContext): JsonSchema {
  const schemas = property.schemas.map((raw) => context.schemas.toSchema(raw, label));
  const [first = {}, ...others] = schemas;
  if (others.length === 0) return first;
  if (schemas.length > maxVariants) return {};
  const distinct = new Map(schemas.map((schema) => [JSON.stringify(schema), schema]));
  return distinct.size === 1 ? first : { anyOf: [...distinct.values()] };
}

function describe(description: string | undefined): { description?: string } {
  return description === undefined ? {} : { description: truncate(description, maxDescriptionLength) };
}

function withName(
  operation: Operation,
  draft: DraftParameter,
  name: string,
  context: EmitContext,
): CommandParameter {
  if (name === draft.name) return draft;
  if (draft.in !== 'path' && draft.part === undefined) {
    const reason = 'another parameter of the command has that name';
    context.warnings.add(
      operation.label,
      `the ${draft.in} parameter "${draft.name}" is called "${name}": ${reason}.`,
    );
  }
  const { name: wireName, ...rest } = draft;
  return { name, wire_name: wireName, ...rest };
}

function idempotencyHeader(operation: Operation): OperationParameter | undefined {
  if (['GET', 'HEAD', 'OPTIONS', 'QUERY', 'TRACE'].includes(operation.method)) return undefined;
  return operation.parameters.find(
    (parameter) => parameter.in === 'header' && /^(?:x-)?idempotency-(?:key|token)$/i.test(parameter.name),
  );
}
