/** One operation → one command, still without providers. */
import type { Command, CommandBody, Effect, HttpExecution } from '@oatty/types';
import { byPreference, isJsonMediaType } from '../model/media-types.ts';
import type { Operation } from '../model/operation.ts';
import { detectPagination } from './detect-pagination.ts';
import type { EmitContext } from './emit-context.ts';
import { findList, type FoundList } from './find-list.ts';
import { isPlaceholder, splitPath } from './name-commands.ts';
import { firstSentence, toPlainLine, truncate } from './plain-text.ts';
import { toIdempotency, toParameters } from './to-parameters.ts';

/** A command with what the inference of providers needs to know. */
export interface DraftCommand {
  readonly command: Command;
  readonly operation: Operation;
  /** Of the path, parameters included. */
  readonly segments: readonly string[];
  /** The beginnings of the path: `pathKeys[n]` stands for its first `n` segments, with all parameters the same. */
  readonly pathKeys: readonly string[];
  readonly list?: FoundList;
}

export function toCommand(operation: Operation, id: string, context: EmitContext): DraftCommand {
  const parameters = toParameters(operation, context);
  const outputRaw = jsonOutput(operation);
  const output = context.shapes.read(outputRaw, operation.label);
  const list = findList(operation, output, context.shapes);
  const pagination = detectPagination({ operation, parameters, output, list, shapes: context.shapes });
  const command: Command = {
    id,
    ...words(operation),
    effect: effectOf(operation.method),
    ...(operation.deprecated && { deprecated: true }),
    ...(operation.tags.length > 0 && { tags: operation.tags }),
    ...(operation.operationId !== undefined && { operation_id: operation.operationId }),
    parameters,
    ...(operation.body && { body: toBody(operation, context) }),
    ...(outputRaw !== undefined && { output_schema: context.schemas.toSchema(outputRaw, operation.label) }),
    ...(list && { list_path: list.path }),
    ...(pagination && { pagination }),
    execution: toExecution(operation),
  };
  context.size.add(command);
  const segments = splitPath(operation.path);
  return { command, operation, segments, pathKeys: toPathKeys(segments), ...(list && { list }) };
}

// --- internal ---

const maxSummaryLength = 200;
const maxDescriptionLength = 2_000;

function words({
  label,
  summary,
  description,
  operationId,
}: Operation): Pick<Command, 'summary' | 'description'> {
  const source =
    summary ?? (description === undefined ? undefined : firstSentence(description)) ?? operationId;
  const line = toPlainLine(source ?? '', maxSummaryLength);
  return {
    summary: line === '' ? label : line,
    ...(description !== undefined && { description: truncate(description.trim(), maxDescriptionLength) }),
  };
}

function effectOf(method: string): Effect {
  if (['GET', 'HEAD', 'OPTIONS', 'QUERY'].includes(method)) return 'safe';
  return method === 'DELETE' ? 'destructive' : 'standard';
}

/** `services, {id}, deploys` → ``, `/services`, `/services/{}`, `/services/{}/deploys` */
function toPathKeys(segments: readonly string[]): string[] {
  const keys = [''];
  for (const segment of segments) {
    const last = keys.at(-1) ?? '';
    keys.push(segment === '' ? last : `${last}/${isPlaceholder(segment) ? '{}' : segment}`);
  }
  return keys;
}

/** The schema of the JSON that the most telling success gives, as the document has it. */
function jsonOutput({ responses }: Operation): unknown {
  const content = responses[0]?.content ?? new Map<string, unknown>();
  const mediaType = byPreference(content.keys()).find(isJsonMediaType);
  return mediaType === undefined ? undefined : content.get(mediaType);
}

function toBody({ body, label }: Operation, context: EmitContext): CommandBody {
  const { mediaType = '', schema, required = false, encoding } = body ?? {};
  return {
    media_type: mediaType,
    schema: context.schemas.toSchema(schema, label),
    required,
    ...(encoding && { encoding }),
  };
}

function toExecution(operation: Operation): HttpExecution {
  const { method, servers, security } = operation;
  const accept = byPreference(
    new Set(operation.responses.flatMap((response) => [...response.content.keys()])),
  );
  const idempotency = toIdempotency(operation);
  return {
    kind: 'http',
    method,
    path: operation.path.replace(/#.*$/, ''), // what follows never reaches a server
    ...(servers && { servers }),
    ...(security && { security }),
    ...(accept.length > 0 && { accept }),
    ...(idempotency && { idempotency }),
  };
}
