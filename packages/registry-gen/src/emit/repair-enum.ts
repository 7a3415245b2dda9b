/**
 * An `enum` that the `type` beside it rules out, so that no value at all would be valid, as descriptions written by
 * hand have it.
 *
 *   E1. The values of a list without lists among them are meant for its items.
 *   E2. A value that is written as another type becomes one of the type: `"6"` of an integer, `true` of a text.
 *   E3. Where no value can be of the type, the values are right and the type goes.
 */
type Draft = Record<string, unknown>;

/** @param draft - a schema with one `type` or none; changed in place */
export function repairEnum(draft: Draft): void {
  const { type, enum: values } = draft;
  if (typeof type !== 'string' || !Array.isArray(values)) return;
  if (values.every((value) => isOfType(value, type))) return;
  if (type === 'array' && !values.some((value) => Array.isArray(value))) return moveToItems(draft, values);
  const repaired = [...new Set(values.map((value) => toType(value, type)))];
  draft['enum'] = repaired;
  if (!repaired.some((value) => isOfType(value, type))) delete draft['type'];
}

// --- internal ---

/** E1; an `enum` that the items have already stays. */
function moveToItems(draft: Draft, values: readonly unknown[]): void {
  delete draft['enum'];
  const items = { enum: values, ...(draft['items'] as Draft | undefined) }; // made by `normalizeSchema`
  repairEnum(items);
  draft['items'] = items;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

/** E2; a value that cannot be of the type stays as it is. */
function toType(value: unknown, type: string): unknown {
  if (isOfType(value, type)) return value;
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (typeof value !== 'string') return value;
  if (type === 'boolean' && /^(?:true|false)$/.test(value)) return value === 'true';
  const isNumber = type === 'number' || type === 'integer';
  return isNumber && isOfType(Number(value), type) && /^-?\d/.test(value) ? Number(value) : value;
}
