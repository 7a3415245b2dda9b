/** Whether two JSON values are the same: numbers by value, objects whatever the order of their keys. */
export function jsonEqual(first: unknown, second: unknown): boolean {
  if (first === second) return true;
  if (first === null || second === null || typeof first !== 'object' || typeof second !== 'object')
    return false;
  if (Array.isArray(first) || Array.isArray(second)) {
    if (!Array.isArray(first) || !Array.isArray(second) || first.length !== second.length) return false;
    return first.every((item, index) => jsonEqual(item, second[index]));
  }
  const keys = Object.keys(first);
  return (
    keys.length === Object.keys(second).length &&
    keys.every((key) => Object.hasOwn(second, key) && jsonEqual(read(first, key), read(second, key)))
  );
}

// --- internal ---

function read(value: object, key: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[key]; // callers have checked that it is an object
}
