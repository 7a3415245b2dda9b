/**
 * A path template and its parameters → the path of the request.
 *
 *   P1. A value fills its place and nothing else: `/ ? # %` are encoded, `.` and `..` as a whole segment are refused.
 *   P2. Every place is filled; an empty value is refused, because it would name another resource.
 */
import { OattyError } from '@oatty/types';
import type { GivenParameter } from '../arguments/read-arguments.ts';
import { serializeParameterText } from './serialize-parameter.ts';

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function fillPath(template: string, parameters: readonly GivenParameter[]): string {
  const byName = new Map(parameters.map((given) => [given.wireName, given]));
  return template
    .split(/\/(?![^{}]{0,100}\})/) // not within a place: `{name=projects/*}`
    .map((segment) => fillSegment(segment, template, byName))
    .join('/');
}

// --- internal ---

function fillSegment(segment: string, template: string, byName: ReadonlyMap<string, GivenParameter>): string {
  if (!segment.includes('{')) return segment;
  const filled = segment.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => fillPlace(name, template, byName));
  if (!/^\.{1,2}$/.test(filled.replaceAll(/%2e/gi, '.'))) return filled;
  throw new OattyError('ARGUMENT_INVALID', `"${filled}" cannot stand in the path "${template}".`, {
    suggestedAction: 'Give the id of one resource.',
    context: { path: template },
  });
}

function fillPlace(name: string, template: string, byName: ReadonlyMap<string, GivenParameter>): string {
  const given = byName.get(name);
  if (given === undefined) {
    throw new OattyError('ARGUMENT_INVALID', `Nothing fills "{${name}}" in the path "${template}".`, {
      suggestedAction: 'The description declares no parameter of this name: correct it and import it again.',
      context: { path: template },
    });
  }
  if (isEmpty(given.value)) {
    throw new OattyError(
      'ARGUMENT_INVALID',
      `"${given.parameter.name}" is empty, and it is part of the path.`,
      {
        context: { argument: given.parameter.name, path: template },
      },
    );
  }
  return serializeParameterText(given);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.values(value).every(isNothing)
    : isNothing(value);
}

function isNothing(value: unknown): boolean {
  return value === '' || value === null || value === undefined;
}
