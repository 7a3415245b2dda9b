/**
 * Says in one readable way why a value fits none of several schemas.
 *
 * The issues of every variant would bury the reader, so the likeliest variant speaks:
 * the one that the discriminator names, else the only one of the right type, else the one that is nearest.
 */
import { resolveSchema, memberOf } from '@oatty/types';
import type { JsonSchema, JsonValue, SchemaTable } from '@oatty/types';
import { listAlternatives, nameType, shorten, toJsonType } from './value-issue.ts';
import type { ValueIssue } from './value-issue.ts';

export interface FailedVariant {
  readonly schema: JsonSchema;
  readonly issues: readonly ValueIssue[];
}

export interface VariantContext {
  readonly path: ValueIssue['path'];
  /** The OpenAPI keyword, as it stands in the schema. */
  readonly discriminator: unknown;
  readonly schemas: SchemaTable;
}

export function explainVariants(
  value: unknown,
  variants: readonly FailedVariant[],
  context: VariantContext,
): readonly ValueIssue[] {
  const named = findByDiscriminator(value, variants, context);
  if (named !== undefined) return named.issues;
  const rightType = variants.filter(({ issues }) => !issues.some((issue) => isAbout(issue, 'type', context)));
  if (rightType.length === 0) return [explainTypes(value, variants, context)];
  const closed = rightType.flatMap(({ issues }) => issues.filter((issue) => isAbout(issue, 'enum', context)));
  if (closed.length >= rightType.length) return [explainValues(value, closed, context)];
  const nearest = rightType.reduce((best, variant) =>
    variant.issues.length < best.issues.length ? variant : best,
  );
  if (rightType.length === 1) return nearest.issues;
  return [explainNearest(nearest, rightType, context)];
}

// --- internal ---

/** Whether an issue is about the value itself and not about something inside it. */
function isAbout(issue: ValueIssue, rule: ValueIssue['rule'], context: VariantContext): boolean {
  return issue.rule === rule && issue.path.length === context.path.length;
}

/** `discriminator: {propertyName: kind, mapping: {card: '#/schemas/Card'}}`; without a mapping the names of schemas count. */
function findByDiscriminator(
  value: unknown,
  variants: readonly FailedVariant[],
  { discriminator, schemas }: VariantContext,
): FailedVariant | undefined {
  const property = readText(discriminator, 'propertyName');
  const kind = property === undefined ? undefined : readText(value, property);
  if (property === undefined || kind === undefined) return undefined;
  const mapped = readText(memberOf(discriminator, 'mapping'), kind);
  return variants.find(({ schema }) => {
    if (schema.$ref !== undefined && (schema.$ref === mapped || schema.$ref.endsWith(`/${mapped ?? kind}`)))
      return true;
    const tag = resolveSchema(resolveSchema(schema, schemas)?.properties?.[property], schemas);
    return tag?.const === kind || (tag?.enum?.length === 1 && tag.enum[0] === kind);
  });
}

function explainTypes(
  value: unknown,
  variants: readonly FailedVariant[],
  context: VariantContext,
): ValueIssue {
  const issues = variants.flatMap((variant) =>
    variant.issues.filter((issue) => isAbout(issue, 'type', context)),
  );
  const types = [...new Set(issues.flatMap(({ expected }) => expected as string | readonly string[]))]; // rule `type` has these
  const actual = toJsonType(value);
  const message = `must be ${listAlternatives(types.map(nameType))}, but is ${nameType(actual)}`;
  const suggestion = issues.find((issue) => issue.suggestion !== undefined)?.suggestion;
  return {
    path: context.path,
    rule: 'type',
    message,
    expected: types,
    actual,
    ...(suggestion !== undefined && { suggestion }),
  };
}

function explainValues(value: unknown, issues: readonly ValueIssue[], context: VariantContext): ValueIssue {
  const allowed = issues.flatMap(({ expected }) => expected as readonly JsonValue[]); // rule `enum` has these
  const message = `must be ${listAlternatives(allowed.map((member) => JSON.stringify(member)))}`;
  const suggestion = issues.find((issue) => issue.suggestion !== undefined)?.suggestion;
  return {
    path: context.path,
    rule: 'enum',
    message,
    expected: allowed,
    actual: shorten(value),
    ...(suggestion !== undefined && { suggestion }),
  };
}

function explainNearest(
  nearest: FailedVariant,
  variants: readonly FailedVariant[],
  context: VariantContext,
): ValueIssue {
  const names = variants.map(({ schema }, index) => nameVariant(schema, index, context.schemas));
  const name = names[variants.indexOf(nearest)] ?? '';
  const problems = nearest.issues.slice(0, 3).map((issue) => {
    const inside = issue.path.slice(context.path.length).join('.');
    return inside === '' ? issue.message : `${inside} ${issue.message}`;
  });
  return {
    path: context.path,
    rule: 'any_of',
    message: `must fit one of ${names.length} shapes (${names.slice(0, 8).join(', ')}); as ${name} it ${problems.join('; ')}`,
    expected: names,
  };
}

/** `Card`, from the title or the reference; else `shape 2`. */
function nameVariant(schema: JsonSchema, index: number, schemas: SchemaTable): string {
  return (
    schema.title ??
    schema.$ref?.split('/').at(-1) ??
    resolveSchema(schema, schemas)?.title ??
    `shape ${index + 1}`
  );
}

function readText(value: unknown, key: string): string | undefined {
  const field = memberOf(value, key);
  return typeof field === 'string' ? field : undefined;
}
