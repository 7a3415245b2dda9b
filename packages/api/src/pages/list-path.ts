/** Where a list is in a body: `.` is the body itself, `data.items` a property of a property. */
import { isRecord } from '@oatty/types';

/** `undefined` where nothing is. */
export function readPath(body: unknown, path: string): unknown {
  let current = body;
  for (const key of toKeys(path)) {
    if (!isRecord(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** A copy with another value at the path, which must be there. */
export function replaceAt(body: unknown, path: string, value: unknown): unknown {
  return replaceKeys(body, toKeys(path), value);
}

// --- internal ---

function toKeys(path: string): string[] {
  return path === '.' || path === '' ? [] : path.split('.');
}

function replaceKeys(body: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const members = Object.entries(isRecord(body) ? body : {});
  return Object.fromEntries(
    members.map(([name, member]) => [name, name === key ? replaceKeys(member, rest, value) : member]),
  );
}
