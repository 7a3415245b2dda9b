/**
 * What a step sends: parameters by location and the request body → `with` and `body`.
 *
 *   A1. Credentials belong to the catalog, never to a manifest: a parameter that carries one is left out with a warning.
 *   A2. A parameter or a body that the command does not take would be lost, so it is a refusal.
 */
import { isJsonType, toEssence } from '@oatty/types';
import type { CommandParameter } from '@oatty/types';
import { convertValue } from './convert-value.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';
import type { Shape } from './read-shape.ts';
import { findComponent, fromPointer, isShape, listOf, shapeOf, textOf } from './read-shape.ts';
import type { ExpressionScope } from './runtime-expression.ts';

export interface CallPlace {
  readonly path: string;
  readonly scope: ExpressionScope;
  readonly findings: Findings;
}

/** Parameters of the step and of its workflow; the step's own win. References to components are followed. */
export function gatherParameters(
  document: Shape,
  lists: readonly { readonly path: string; readonly parameters: unknown }[],
  findings: Findings,
): GatheredParameter[] {
  const gathered = new Map<string, GatheredParameter>();
  for (const { path, parameters } of lists) {
    for (const [index, entry] of listOf(parameters).entries()) {
      const parameter = resolve(document, shapeOf(entry), `${path}[${index}]`, findings);
      if (parameter !== undefined) gathered.set(`${parameter.location ?? ''} ${parameter.name}`, parameter);
    }
  }
  return [...gathered.values()];
}

export interface GatheredParameter {
  readonly name: string;
  /** Absent for a parameter of a workflow. */
  readonly location: string | undefined;
  readonly value: unknown;
  readonly path: string;
}

/** `with` of a command; a parameter without a counterpart is told of. */
export function convertParameters(
  parameters: readonly GatheredParameter[],
  operation: Operation,
  { scope, findings }: CallPlace,
): Shape {
  const entries = parameters.flatMap((parameter): [string, unknown][] => {
    const { path, value } = parameter;
    const own = findParameter(operation.command.parameters, parameter);
    if (own !== undefined) return [[own.name, convertOrRefuse(value, scope, path, findings)]];
    tellLost(parameter, operation, findings);
    return [];
  });
  return Object.fromEntries(entries);
}

/**
 * `with` of a step that runs another workflow.
 *
 * @param names - of the inputs of that workflow: in the document → in the manifest
 */
export function convertWorkflowParameters(
  parameters: readonly GatheredParameter[],
  names: ReadonlyMap<string, string>,
  { scope, findings }: CallPlace,
): Shape {
  const entries = parameters.flatMap(({ name, location, value, path }): [string, unknown][] => {
    if (location === undefined) {
      return [[names.get(name) ?? name, convertOrRefuse(value, scope, path, findings)]];
    }
    findings.warn(path, 'arazzo_parameter', `A workflow takes no ${location} parameter "${name}".`);
    return [];
  });
  return Object.fromEntries(entries);
}

/** @returns nothing for a step without a body */
export function convertBody(
  written: unknown,
  { command }: Operation,
  { path, scope, findings }: CallPlace,
): { readonly body?: unknown } {
  if (!isShape(written)) return {};
  const contentType = textOf(written['contentType']);
  const own = command.body?.media_type;
  if (own === undefined) {
    findings.refuse(path, 'arazzo_body', `"${command.id}" takes no body.`);
    return {};
  }
  if (contentType !== undefined && toEssence(contentType) !== toEssence(own)) {
    findings.refuse(
      `${path}.contentType`,
      'arazzo_body',
      `"${command.id}" sends ${own}, not ${contentType}.`,
    );
  }
  const payload = toPayload(written['payload'], own, path, findings);
  const replaced = replace(payload, written['replacements'], path, findings);
  return { body: convertOrRefuse(replaced, scope, `${path}.payload`, findings) };
}

// --- internal ---

function resolve(
  document: Shape,
  written: Shape,
  path: string,
  findings: Findings,
): GatheredParameter | undefined {
  const reference = textOf(written['reference']);
  const target = reference === undefined ? written : findComponent(document, reference);
  const parameter = isShape(target) && reference !== undefined ? { ...target, ...written } : target;
  const name = isShape(parameter) ? textOf(parameter['name']) : undefined;
  if (!isShape(parameter) || name === undefined) {
    findings.refuse(
      path,
      'arazzo_reference',
      `${reference ?? 'The parameter'} has no name or does not exist.`,
    );
    return undefined;
  }
  return { name, location: textOf(parameter['in']), value: parameter['value'], path };
}

function convertOrRefuse(value: unknown, scope: ExpressionScope, path: string, findings: Findings): unknown {
  return convertValue(value, scope, (reason) => findings.refuse(path, 'arazzo_expression', `${reason}.`));
}

function findParameter(
  parameters: readonly CommandParameter[],
  { name, location }: GatheredParameter,
): CommandParameter | undefined {
  return parameters.find((parameter) => {
    const wire = parameter.wire_name ?? parameter.name;
    if (parameter.in !== location) return false;
    return location === 'header' ? wire.toLowerCase() === name.toLowerCase() : wire === name;
  });
}

function tellLost(
  { name, location, path }: GatheredParameter,
  { command, catalog }: Operation,
  findings: Findings,
): void {
  const scheme = schemeOf(catalog.manifest.security_schemes, name, location);
  if (scheme !== undefined) {
    const set = `oatty catalog auth ${catalog.entry.id} ${scheme}`;
    findings.warn(
      path,
      'arazzo_credential',
      `Credentials belong to the catalog; "${name}" is set with: ${set}`,
    );
  } else if (location === 'header' && ['accept', 'content-type'].includes(name.toLowerCase())) {
    findings.warn(path, 'arazzo_parameter', `"${command.id}" writes its own header "${name}".`);
  } else {
    const where = location === undefined ? 'parameter without a location' : `${location} parameter`;
    findings.refuse(path, 'arazzo_parameter', `"${command.id}" does not take the ${where} "${name}".`);
  }
}

/** The scheme whose credential the parameter carries. */
function schemeOf(
  schemes: Operation['catalog']['manifest']['security_schemes'],
  name: string,
  location: string | undefined,
): string | undefined {
  const wanted = name.toLowerCase();
  const carries = Object.entries(schemes).find(([, scheme]) =>
    scheme.kind === 'api_key'
      ? scheme.in === location && scheme.name.toLowerCase() === wanted
      : location === 'header' && wanted === 'authorization',
  );
  return carries?.[0] ?? (location === 'header' && wanted === 'authorization' ? 'SCHEME' : undefined);
}

/** A payload of JSON may be written as text. */
function toPayload(payload: unknown, mediaType: string, path: string, findings: Findings): unknown {
  if (typeof payload !== 'string' || !isJsonType(mediaType) || !/^\s*[[{]/.test(payload)) return payload;
  if (/^\s*\{\$/.test(payload)) return payload;
  try {
    return JSON.parse(payload) as unknown;
  } catch {
    findings.refuse(`${path}.payload`, 'arazzo_body', 'The payload is text that is no JSON by itself.');
    return payload;
  }
}

function replace(payload: unknown, replacements: unknown, path: string, findings: Findings): unknown {
  return listOf(replacements).reduce<unknown>((value, entry, index) => {
    const { target, value: replacement } = shapeOf(entry);
    const keys = typeof target === 'string' && target.startsWith('/') ? fromPointer(target) : undefined;
    const replaced = keys && withValueAt(value, keys, replacement);
    if (replaced !== undefined) return replaced.value;
    const message = `"${String(target)}" is no place in the payload.`;
    findings.refuse(`${path}.replacements[${index}]`, 'arazzo_replacement', message);
    return value;
  }, payload);
}

/** `undefined` where the way to the place is not there; the last key of an object may be new. */
function withValueAt(
  value: unknown,
  [key, ...rest]: readonly string[],
  replacement: unknown,
): { readonly value: unknown } | undefined {
  if (key === undefined) return { value: replacement };
  if (Array.isArray(value)) {
    const index = Number(key);
    if (!Object.hasOwn(value, key) || !Number.isInteger(index)) return undefined;
    const inner = withValueAt(value[index], rest, replacement);
    return inner && { value: value.with(index, inner.value) };
  }
  if (!isShape(value) || (rest.length > 0 && !Object.hasOwn(value, key))) return undefined;
  const inner = withValueAt(value[key], rest, replacement);
  return inner && { value: { ...value, [key]: inner.value } };
}
