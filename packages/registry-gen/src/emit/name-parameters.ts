/**
 * The names callers use for parameters: unique within a command, wherever the parameter travels.
 *
 *   A1. A path parameter `{id}` is named after what it identifies: the last concrete segment before it without its
 *       final `s`. In all path parameters `-` becomes `_`. Existing workflows use these names.
 *   A2. All others keep their name; a header of a part stands behind its part: `photo_X-Source`.
 *   A3. Where a name is taken by an earlier parameter, the place follows (`id_query`), then a number.
 */
import type { ParameterLocation } from '@oatty/types';
import { isVersionSegment, splitPath } from './name-commands.ts';

export interface NameableParameter {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly part?: string;
}

/** @returns names in the order of the parameters */
export function nameParameters(path: string, parameters: readonly NameableParameter[]): string[] {
  const taken = new Set<string>();
  for (const parameter of parameters) {
    const wanted = wantedName(path, parameter);
    taken.add(taken.has(wanted) ? withPlace(wanted, parameter.in, taken) : wanted);
  }
  return [...taken];
}

/** `order-items` → `order_item` */
export function toSingular(segment: string): string {
  const name = segment.replaceAll('-', '_');
  return name.length > 1 && name.endsWith('s') ? name.slice(0, -1) : name;
}

// --- internal ---

function wantedName(path: string, { name, in: place, part }: NameableParameter): string {
  if (place === 'path') return pathName(path, name);
  return part === undefined ? name : `${part}_${name}`;
}

/** A1 */
function pathName(path: string, wireName: string): string {
  const name = wireName.trim().replaceAll('-', '_');
  if (name !== 'id') return name;
  const segments = splitPath(path);
  const position = segments.findIndex((segment) => segment.includes(`{${wireName}}`));
  const before = segments.slice(0, position);
  const owner = before.findLast((one) => one !== '' && !isVersionSegment(one) && !/^\{.*\}$/.test(one));
  return owner === undefined ? 'id' : toSingular(owner);
}

/** A3 */
function withPlace(wanted: string, place: ParameterLocation, taken: ReadonlySet<string>): string {
  let name = `${wanted}_${place}`;
  for (let count = 2; taken.has(name); count++) name = `${wanted}_${place}_${count}`;
  return name;
}
