/**
 * Checks the arguments of one command call: the same rules before a run, for what a manifest says literally,
 * and at the call, for the values that go out.
 *
 *   A1. `null` means not given, for a parameter and for the body; a property that is to be `null` goes into `body`.
 *   A2. A body is given whole (`body`) or as parameters with `in: body`, never both.
 *   A3. An optional body that is not given needs none of its required properties.
 *   A4. A text of a multipart body may be given as a file.
 *   A5. Bodies of media types that are neither JSON nor forms are not looked into.
 *   A6. Names that may be meant are looked for as long as anybody is told: for the first `maxFindings` arguments.
 */
import { didYouMean, isFormType, isJsonType, maxFindings, nearestNames } from '@oatty/types';
import type { Command, CommandArguments, SchemaTable } from '@oatty/types';
import { checkValue } from './check-value.ts';
import type { CheckValueOptions } from './check-value.ts';
import { takesFiles } from './takes-files.ts';

export const argumentRules = [
  'parameter_missing',
  'parameter_unknown',
  'parameter_type',
  'parameter_value',
  'body_missing',
  'body_not_accepted',
  'body_conflict',
  'body_type',
  'body_value',
] as const;

type ArgumentRule = (typeof argumentRules)[number];

export interface ArgumentIssue {
  /** Begins with `with` or `body`. */
  readonly path: readonly (string | number)[];
  readonly rule: ArgumentRule;
  /** A sentence that names the parameter and the command. Never holds a value. */
  readonly message: string;
  readonly expected?: unknown;
  /** A short value or a type name. Drop it where the value may be secret. */
  readonly actual?: unknown;
  readonly suggestion?: string;
}

export interface CheckArgumentsOptions {
  readonly isUnknown?: (value: unknown) => boolean;
  /** Takes `42` for `"42"` and the reverse where the parameter travels as text: in path, query, header or cookie. */
  readonly lenientText?: boolean;
}

export function checkArguments(
  found: { readonly command: Command; readonly schemas: SchemaTable },
  given: CommandArguments,
  options: CheckArgumentsOptions = {},
): readonly ArgumentIssue[] {
  const call: Call = { ...found, given, options };
  const meant = listMeantParameters(call);
  return [
    ...Object.entries(given.with).flatMap(([name, value], index) => checkParameter(call, name, value, index)),
    ...findMissing(call).filter(({ path }) => !meant.has(path[1])),
    ...checkBody(call),
  ];
}

// --- internal ---

interface Call {
  readonly command: Command;
  readonly schemas: SchemaTable;
  readonly given: CommandArguments;
  readonly options: CheckArgumentsOptions;
}

function checkParameter(call: Call, name: string, value: unknown, index: number): readonly ArgumentIssue[] {
  const parameter = call.command.parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined) return [toUnknown(call.command, name, value, index < maxFindings)];
  if (isOmitted(value)) return [];
  const options = toValueOptions(call, parameter.in === 'body' ? 'body' : 'text');
  const issues = checkValue(value, parameter.schema, call.schemas, options);
  return issues.map((issue) => ({
    ...issue,
    path: ['with', name, ...issue.path],
    rule: issue.rule === 'type' ? 'parameter_type' : 'parameter_value',
    message: `Parameter "${toDottedName([name, ...issue.path])}" of "${call.command.id}" ${issue.message}.`,
  }));
}

function toValueOptions({ command, options }: Call, place: 'text' | 'body'): CheckValueOptions {
  const { isUnknown, lenientText = false } = options;
  return {
    asText: place === 'text' && lenientText,
    takesFiles: place === 'body' && takesFiles(command),
    ...(isUnknown !== undefined && { isUnknown }),
  };
}

/** A parameter with a wrong name is one mistake: the right one is not missing besides. */
function listMeantParameters({ command, given }: Call): ReadonlySet<string | number | undefined> {
  const names = command.parameters.map(({ name }) => name);
  const unknown = Object.keys(given.with)
    .slice(0, maxFindings)
    .filter((name) => !names.includes(name));
  return new Set(unknown.map((name) => findMeantParameter(command, name)));
}

function findMeantParameter({ parameters }: Command, name: string): string | undefined {
  const byWire = parameters.find((parameter) => parameter.wire_name === name)?.name;
  return (
    byWire ??
    nearestNames(
      name,
      parameters.map((parameter) => parameter.name),
      1,
    )[0]
  );
}

function toUnknown(command: Command, name: string, value: unknown, isAdvised: boolean): ArgumentIssue {
  if (name === 'body' && command.body !== undefined) {
    const message = `"${command.id}" takes its body beside the parameters, not as one of them.`;
    const suggestion = 'Put "body" beside "with", with what it holds.';
    return { path: ['with', name], rule: 'parameter_unknown', message, actual: name, suggestion };
  }
  const names = command.parameters.map((parameter) => parameter.name);
  const byWire = command.parameters.find((parameter) => parameter.wire_name === name)?.name;
  const alike = byWire === undefined && isAdvised ? didYouMean(name, names) : undefined;
  const suggestion = byWire === undefined ? alike : `Did you mean "${byWire}"?`;
  const inBody = suggestion === undefined && command.body !== undefined && names.length === 0;
  return {
    path: ['with', name],
    rule: 'parameter_unknown',
    message: `"${command.id}" has no parameter "${name}".`,
    expected: names.slice(0, 30),
    ...(typeof value !== 'object' && { actual: name }),
    ...(suggestion !== undefined && { suggestion }),
    ...(inBody && { suggestion: 'This command takes everything in "body".' }),
    ...(suggestion === undefined &&
      isContainer(name, value) && {
        suggestion: `Remove "${name}" and put what it holds directly under "with".`,
      }),
  };
}

/** Parameters stand by name, wherever they travel. */
function isContainer(name: string, value: unknown): boolean {
  return containers.has(name) && typeof value === 'object' && value !== null;
}

const containers = new Set([
  'flags',
  'args',
  'arguments',
  'params',
  'parameters',
  'path',
  'query',
  'headers',
]);

function findMissing(call: Call): readonly ArgumentIssue[] {
  const { command, given } = call;
  const needed = command.parameters.filter(
    (parameter) => parameter.required && (parameter.in !== 'body' || needsBodyParameters(call)),
  );
  return needed
    .filter(({ name }) => isOmitted(readGiven(given, name)))
    .map((parameter) => ({
      path: ['with', parameter.name],
      rule: 'parameter_missing',
      message: `"${command.id}" needs the parameter "${parameter.name}".`,
      expected: parameter.schema.type ?? parameter.name,
      suggestion: `Give it under "with": ${parameter.name}.`,
    }));
}

function needsBodyParameters({ command, given }: Call): boolean {
  if (!isOmitted(given.body) || Object.hasOwn(given.with, 'body')) return false;
  return command.body?.required !== false || listGivenBodyParameters(command, given).length > 0;
}

function listGivenBodyParameters(command: Command, given: CommandArguments): readonly string[] {
  return command.parameters
    .filter(({ in: location, name }) => location === 'body' && !isOmitted(readGiven(given, name)))
    .map(({ name }) => name);
}

function checkBody(call: Call): readonly ArgumentIssue[] {
  const { command, given, schemas } = call;
  const path = ['body'];
  if (isOmitted(given.body)) return findMissingBody(call);
  if (command.body === undefined) {
    return [{ path, rule: 'body_not_accepted', message: `"${command.id}" takes no body.` }];
  }
  const both = listGivenBodyParameters(command, given);
  if (both.length > 0) {
    const message = `"body" and body parameters (${both.join(', ')}) are given together.`;
    const suggestion = 'Move these parameters into "body", or give all of them under "with".';
    return [{ path, rule: 'body_conflict', message, actual: both, suggestion }];
  }
  const { media_type: mediaType } = command.body;
  if (!isJsonType(mediaType) && !isFormType(mediaType)) return [];
  return checkValue(given.body, command.body.schema, schemas, toValueOptions(call, 'body')).map((issue) => ({
    ...issue,
    ...(issue.rule === 'type' &&
      isJsonText(given.body) && { suggestion: 'Write it as it is, not as a text of JSON.' }),
    path: ['body', ...issue.path],
    rule: issue.rule === 'type' ? 'body_type' : 'body_value',
    message: `${issue.path.length === 0 ? 'The body' : `"${toDottedName(issue.path)}" in the body`} of "${command.id}" ${issue.message}.`,
  }));
}

function isJsonText(value: unknown): boolean {
  return typeof value === 'string' && /^\s{0,100}[{[]/.test(value);
}

function findMissingBody({ command }: Call): readonly ArgumentIssue[] {
  const takesParameters = command.parameters.some((parameter) => parameter.in === 'body');
  if (command.body?.required !== true || takesParameters) return [];
  const message = `"${command.id}" needs a body.`;
  return [{ path: ['body'], rule: 'body_missing', message, expected: command.body.media_type }];
}

function readGiven(given: CommandArguments, name: string): unknown {
  return Object.hasOwn(given.with, name) ? given.with[name] : undefined;
}

function isOmitted(value: unknown): boolean {
  return value === undefined || value === null;
}

/** `['items', 0, 'id']` → `items[0].id` */
function toDottedName(path: readonly (string | number)[]): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}
