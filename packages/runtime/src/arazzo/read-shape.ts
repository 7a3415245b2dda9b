/** Reading an Arazzo document, whose shape nobody has checked. */

export type Shape = Readonly<Record<string, unknown>>;

export function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing for what is no object. */
export function shapeOf(value: unknown): Shape {
  return isShape(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text that is there; numbers count, because authors of YAML forget quotes. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `$components.parameters.page`, `#/components/inputs/page` → the component, and `undefined` where there is none. */
export function findComponent(document: Shape, reference: string): unknown {
  const keys = reference.startsWith('#/')
    ? fromPointer(reference.slice(1))
    : /^\$components\.([^.]+)\.(.+)$/.exec(reference)?.slice(1);
  const [root, kind, name] = reference.startsWith('#/') ? (keys ?? []) : ['components', ...(keys ?? [])];
  if (root !== 'components' || kind === undefined || name === undefined) return undefined;
  return memberOf(memberOf(document['components'], kind), name);
}

/** `/a/b~1c` → `['a', 'b/c']`; a pointer in a URL may be percent-encoded. */
export function fromPointer(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((token) => decode(token).replaceAll('~1', '/').replaceAll('~0', '~'));
}

// --- internal ---

/** A member whose name comes from a document: never something inherited. */
function memberOf(value: unknown, name: string): unknown {
  return isShape(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
