/**
 * A path template and its parameters → the path of the request.
 *
 *   P1. A value fills its place and nothing else: `/ ? # %` are encoded, `.` and `..` as a whole segment are refused.
 *   P2. Every place is filled; an empty value is refused, because it would name another resource.
 */
import { OattyError } from '@oatty/types';
import type { GivenParameter } from '../arguments/read-arguments.ts';
import type { PathTemplate } from './path-template.ts';
import { serializeParameterText } from './serialize-parameter.ts';

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function fillPath({ segments, text }: PathTemplate, parameters: readonly GivenParameter[]): string {
  return segments.map((segment) => fillSegment(segment, text, parameters)).join('/');
}

// --- internal ---

function fillSegment(
  segment: readonly string[],
  template: string,
  parameters: readonly GivenParameter[],
): string {
  const [first = ''] = segment;
  if (segment.length === 1) return first;
  const filled = segment
    .map((part, at) => (isName(at) ? fillPlace(part, template, parameters) : part))
    .join('');
  if (!/^(?:\.|%2e){1,2}$/i.test(filled)) return filled;
  throw new OattyError('ARGUMENT_INVALID', `"${filled}" cannot stand in the path "${template}".`, {
    suggestedAction: 'Give the id of one resource.',
    context: { path: template },
  });
}

/** See `PathTemplate`. */
function isName(at: number): boolean {
  return at % 2 === 1;
}

function fillPlace(name: string, template: string, parameters: readonly GivenParameter[]): string {
  const given = parameters.find(({ wireName }) => wireName === name);
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
