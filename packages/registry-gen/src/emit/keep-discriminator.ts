/**
 * `discriminator` of OpenAPI 3: which of the variants beside it a value is meant to be. Messages about a value that fits
 * none of them then explain the right one.
 *
 *   D1. It is kept beside `oneOf` and `anyOf` only; elsewhere it says nothing about what is valid.
 *   D2. The mapping names schemas of the catalog. What leads to none of the variants is left out.
 */
import { entriesOf, isJsonObject, listOf, memberOf, textOf } from '../model/json-value.ts';
import { toMappedReference } from '../model/mapped-reference.ts';

type Draft = Record<string, unknown>;

/**
 * @param raw - a schema of the document
 * @param draft - the same for the catalog, with the same variants in the same order; changed in place
 */
export function keepDiscriminator(raw: Draft, draft: Draft): void {
  const propertyName = textOf(memberOf(raw['discriminator'], 'propertyName'));
  const variants = new Map(
    ['oneOf', 'anyOf'].flatMap((keyword) => pairReferences(raw[keyword], draft[keyword])),
  );
  if (propertyName === undefined || variants.size === 0) return;
  const mapping = entriesOf(memberOf(raw['discriminator'], 'mapping')).flatMap(([value, target]) => {
    const reference = typeof target === 'string' ? variants.get(toMappedReference(target)) : undefined;
    return reference === undefined ? [] : [[value, reference] as const];
  });
  draft['discriminator'] = {
    propertyName,
    ...(mapping.length > 0 && { mapping: Object.fromEntries(mapping) }),
  };
}

// --- internal ---

/** Reference of the document → reference of the catalog. */
function pairReferences(raw: unknown, draft: unknown): [string, string][] {
  const kept = listOf(draft);
  return listOf(raw).flatMap((variant, index): [string, string][] => {
    const [from, to] = [variant, kept[index]].map((one) => (isJsonObject(one) ? one['$ref'] : undefined));
    return typeof from === 'string' && typeof to === 'string' ? [[from, to]] : [];
  });
}
