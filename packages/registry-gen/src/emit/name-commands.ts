/**
 * Names of commands: a promise, because workflows refer to them.
 *
 * These rules give the names that workflows already use, for the same document (N1 to N6), and a stable way on where
 * two of those names would be equal (N7, N8).
 *
 *   N1. An id is `<vendor> <name>`. Operations are named in order of path, then method.
 *   N2. A name is the concrete segments of the path and an action, joined by `:`. Segments that begin with `{` and
 *       versions (`v1`) do not count; `config-vars` is `config`.
 *   N3. Leading segments that all operations share and that say nothing (`api`, `apis`, `v1`, `2`) do not count.
 *   N4. Actions: GET `info` when the path ends in a parameter, else `list`; POST `create`; PUT and PATCH `update`;
 *       DELETE `delete`.
 *   N5. Where a name is taken, the action is the summary (or the operation id) in kebab case.
 *   N6. Where that is taken too, the action is the method.
 *   N7. Where even that is taken, digits follow that are made from the path alone: paths that come or go later change
 *       none of these names.
 *   N8. Other methods (HEAD, OPTIONS, TRACE, QUERY, …) are named last, after their method, so that they never change
 *       a name of the usual five.
 */
import { createHash } from 'node:crypto';
import { toKebabCase } from './kebab-case.ts';

export interface NameableOperation {
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
  readonly operationId?: string;
}

/**
 * @param operations - in the order of N1
 * @returns the part of the id after the vendor, for each operation
 */
export function nameCommands<T extends NameableOperation>(operations: readonly T[]): Map<T, string> {
  const usual = operations.filter((operation) => actions.has(operation.method));
  const others = operations.filter((operation) => !actions.has(operation.method));
  const prefix = sharedPrefix(usual.length > 0 ? usual : others);
  const taken = new Set<string>();
  const names = new Map<T, string>();
  for (const operation of [...usual, ...others]) {
    const name = firstFree(operation, prefix, taken);
    taken.add(name);
    names.set(operation, name);
  }
  return names;
}

/** A path in pieces; a slash at the end gives an empty last one, a slash within braces belongs to the name there. */
export function splitPath(path: string): string[] {
  return path.replace(/^\/+/, '').split(/\/(?![^{}]{0,100}\})/);
}

export function isPlaceholder(segment: string): boolean {
  return segment.startsWith('{');
}

export function isVersionSegment(segment: string): boolean {
  return /^v\d+$/.test(segment);
}

/** N2 */
export function concreteSegments(path: string): string[] {
  return splitPath(path)
    .filter((segment) => segment !== '' && !isPlaceholder(segment) && !isVersionSegment(segment))
    .map((segment) => (segment === 'config-vars' ? 'config' : segment.replaceAll(/\s+/g, '-')));
}

/** `https://api.shop.com/v1` → `shop`; `misc` where there is no telling: no host, or a number. */
export function vendorOf(server: string | undefined): string {
  if (server === undefined || !URL.canParse(server)) return 'misc';
  const host = new URL(server).hostname;
  if (host.startsWith('[') || /^[\d.]+$/.test(host)) return 'misc';
  const labels = host.split('.').filter((label) => label !== '');
  const second = labels.at(-2);
  const isShared = labels.length > 2 && second !== undefined && sharedDomains.has(second);
  return (isShared ? labels.at(-3) : (second ?? labels[0])) ?? 'misc';
}

// --- internal ---

/** N4 */
const actions = new Map([
  ['GET', ''],
  ['POST', 'create'],
  ['PUT', 'update'],
  ['PATCH', 'update'],
  ['DELETE', 'delete'],
]);

/** Labels below which everybody has a host. */
const sharedDomains = new Set(
  (
    'co com net org gov edu ac io ne or go ed lg gr blogspot github herokuapp vercel pages appspot cloudfront ' +
    'wordpress blog dev xyz local'
  ).split(' '),
);

function firstFree(
  operation: NameableOperation,
  prefix: readonly string[],
  taken: ReadonlySet<string>,
): string {
  const segments = concreteSegments(withoutPrefix(operation.path, prefix));
  const prefixed = segments.map((segment) => `${segment}:`).join('');
  const withAction = (action: string) => prefixed + action;
  const method = withAction(operation.method.toLowerCase());
  const usual = actions.get(operation.method);
  const plain = usual === undefined ? method : withAction(usual || readAction(operation.path));
  if (!taken.has(plain)) return plain;
  const words = toKebabCase(operation.summary ?? operation.operationId ?? '');
  const described = withAction(words);
  if (words !== '' && !taken.has(described)) return described;
  if (!taken.has(method)) return method;
  return withDigits(method, operation.path, taken);
}

/** N7 */
function withDigits(name: string, path: string, taken: ReadonlySet<string>): string {
  const digits = createHash('sha256').update(path).digest('hex');
  let length = 6;
  while (taken.has(`${name}-${digits.slice(0, length)}`) && length < digits.length) length++;
  return `${name}-${digits.slice(0, length)}`;
}

function readAction(path: string): string {
  return isPlaceholder(splitPath(path).at(-1) ?? '') ? 'info' : 'list';
}

/** N3 */
function sharedPrefix(operations: readonly NameableOperation[]): string[] {
  const [first = [], ...rest] = operations.map((operation) => splitPath(operation.path));
  const end = first.findIndex(
    (segment, index) => !saysNothing(segment) || rest.some((segments) => segments[index] !== segment),
  );
  return end === -1 ? first : first.slice(0, end);
}

/** Operations of N8 need not share the prefix of the others. */
function withoutPrefix(path: string, prefix: readonly string[]): string {
  const segments = splitPath(path);
  const isShared = prefix.every((segment, index) => segments[index] === segment);
  return segments.slice(isShared ? prefix.length : 0).join('/');
}

function saysNothing(segment: string): boolean {
  return segment === 'api' || segment === 'apis' || isVersionSegment(segment) || /^\d+$/.test(segment);
}
