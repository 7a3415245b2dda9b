/**
 * Sorts what the caller gave by where it travels.
 *
 *   A1. `null` and `undefined` mean "not given"; a property of the body that is to be `null` is sent with `body`.
 *   A2. What is not given is not sent: no default and no first enum value is made up.
 *   A3. Every missing and every unknown name is told at once.
 *   A4. A header of a part of a multipart body needs its part.
 *   A5. `body` is the whole body: next to it no parameter with `in: body` may be given.
 */
import { nearestNames, OattyError } from '@oatty/types';
import type { Command, CommandArguments, CommandParameter, ParameterLocation, Violation } from '@oatty/types';

export interface GivenParameter {
  readonly parameter: CommandParameter;
  /** The name on the wire. */
  readonly wireName: string;
  readonly value: unknown;
}

type GivenBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole'; readonly value: unknown }
  /** Top-level properties by wire name, in the order of the description. */
  | { readonly kind: 'properties'; readonly properties: readonly (readonly [string, unknown])[] };

export interface GivenArguments {
  readonly path: readonly GivenParameter[];
  readonly query: readonly GivenParameter[];
  readonly header: readonly GivenParameter[];
  /** Headers of parts of a multipart body. */
  readonly partHeaders: readonly GivenParameter[];
  readonly cookie: readonly GivenParameter[];
  readonly body: GivenBody;
}

/** @throws {OattyError} `ARGUMENT_INVALID` with one violation for each name. */
export function readArguments(command: Command, given: CommandArguments): GivenArguments {
  const violations = [
    ...findUnknown(command, given),
    ...findMissing(command, given),
    ...findBodyConflicts(command, given),
    ...findHeadersWithoutPart(command, given),
  ];
  if (violations.length > 0) throw toError(command, violations);
  const parameters = command.parameters
    .filter((parameter) => isGiven(given, parameter))
    .map((parameter) => ({
      parameter,
      wireName: parameter.wire_name ?? parameter.name,
      value: given.with[parameter.name],
    }));
  const at = (location: ParameterLocation) => parameters.filter(({ parameter }) => parameter.in === location);
  return {
    path: at('path'),
    query: at('query'),
    header: at('header').filter(({ parameter }) => parameter.part === undefined),
    partHeaders: at('header').filter(({ parameter }) => parameter.part !== undefined),
    cookie: at('cookie'),
    body: readBody(command, given, at('body')),
  };
}

// --- internal ---

function isGiven(given: CommandArguments, parameter: CommandParameter): boolean {
  if (!Object.hasOwn(given.with, parameter.name)) return false;
  return given.with[parameter.name] !== undefined && given.with[parameter.name] !== null;
}

function isWholeBodyGiven(given: CommandArguments): boolean {
  return given.body !== undefined && given.body !== null;
}

function findUnknown(command: Command, given: CommandArguments): Violation[] {
  const names = command.parameters.map(({ name }) => name);
  const known = new Set(names);
  return Object.keys(given.with)
    .filter((name) => !known.has(name))
    .map((name) => {
      const nearest = nearestNames(name, names)[0];
      return {
        path: `$.with.${name}`,
        rule: 'argument_unknown',
        message: `"${name}" is no parameter of this command.`,
        ...(nearest !== undefined && { suggestion: `Did you mean "${nearest}"?` }),
      };
    });
}

function findMissing(command: Command, given: CommandArguments): Violation[] {
  const hasWholeBody = isWholeBodyGiven(given);
  const missing = command.parameters
    .filter((parameter) => parameter.required && !isGiven(given, parameter))
    .filter((parameter) => !(parameter.in === 'body' && (hasWholeBody || isBodyLeftOut(command, given))))
    .map(({ name, in: location }) => ({
      path: `$.with.${name}`,
      rule: 'argument_missing',
      message: `"${name}" (${location}) is required.`,
    }));
  const needsBody = command.body?.required === true && !hasWholeBody && bodyParameters(command).length === 0;
  if (!needsBody) return missing;
  return [...missing, { path: '$.body', rule: 'argument_missing', message: 'A body is required.' }];
}

/** An optional body may be left out as a whole, with the properties that it would require. */
function isBodyLeftOut(command: Command, given: CommandArguments): boolean {
  if (command.body?.required !== false) return false;
  return !bodyParameters(command).some((parameter) => isGiven(given, parameter));
}

function findBodyConflicts(command: Command, given: CommandArguments): Violation[] {
  if (!isWholeBodyGiven(given)) return [];
  if (command.body === undefined) {
    return [{ path: '$.body', rule: 'argument_unknown', message: 'This command takes no body.' }];
  }
  return bodyParameters(command)
    .filter((parameter) => isGiven(given, parameter))
    .map(({ name }) => ({
      path: `$.with.${name}`,
      rule: 'argument_conflict',
      message: `"${name}" belongs to the body, which is given as a whole too.`,
      suggestion: 'Give either the body or its properties.',
    }));
}

/** A4 */
function findHeadersWithoutPart(command: Command, given: CommandArguments): Violation[] {
  return command.parameters
    .filter(({ part }) => part !== undefined)
    .filter((parameter) => isGiven(given, parameter) && !isPartGiven(command, given, parameter.part ?? ''))
    .map(({ name, part }) => ({
      path: `$.with.${name}`,
      rule: 'argument_conflict',
      message: `"${name}" is a header of "${part}", which is not given.`,
      suggestion: `Give "${part}" too.`,
    }));
}

function isPartGiven(command: Command, given: CommandArguments, part: string): boolean {
  if (isWholeBodyGiven(given)) return typeof given.body === 'object' && Object.hasOwn(given.body ?? {}, part);
  return bodyParameters(command).some(
    (parameter) => (parameter.wire_name ?? parameter.name) === part && isGiven(given, parameter),
  );
}

function readBody(
  command: Command,
  given: CommandArguments,
  properties: readonly GivenParameter[],
): GivenBody {
  if (isWholeBodyGiven(given)) return { kind: 'whole', value: given.body };
  const isEmptyObjectNeeded = command.body?.required === true && bodyParameters(command).length > 0;
  if (properties.length === 0 && !isEmptyObjectNeeded) return { kind: 'none' };
  return { kind: 'properties', properties: properties.map(({ wireName, value }) => [wireName, value]) };
}

function bodyParameters(command: Command): readonly CommandParameter[] {
  return command.parameters.filter((parameter) => parameter.in === 'body');
}

function toError(command: Command, violations: readonly Violation[]): OattyError {
  const problems = violations.map(({ message, suggestion }) =>
    suggestion ? `${message} ${suggestion}` : message,
  );
  return new OattyError('ARGUMENT_INVALID', `"${command.id}" cannot be called: ${problems.join(' ')}`, {
    suggestedAction: 'Correct the arguments listed. Get the command to see its parameters.',
    command: command.id,
    violations,
  });
}
