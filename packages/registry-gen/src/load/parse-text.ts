/**
 * Text → JSON value. What looks like JSON is parsed as JSON; everything else is YAML 1.2 with merge keys.
 *
 * Messages carry line and column but never a piece of the text: the source may be any file of the user's.
 */
import { OattyError, type JsonValue } from '@oatty/types';
import { limitExceeded, type LoadLimits } from './limits.ts';

export interface ParsedText {
  readonly value: JsonValue;
  readonly warnings: readonly string[];
}

/** @throws {OattyError} `OPENAPI_SOURCE_PARSE_FAILED`, `LIMIT_EXCEEDED` */
export async function parseText(text: string, name: string, limits: LoadLimits): Promise<ParsedText> {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  refuseMarkup(content, name);
  const parsed = /^\s*[[{]/.test(content)
    ? await parseJson(content, name, limits)
    : await parseYaml(content, name, limits);
  if (typeof parsed.value === 'object' && parsed.value !== null) return parsed;
  throw parseFailed(name, 'is plain text, not a document in JSON or YAML');
}

// --- internal ---

interface Position {
  readonly line: number;
  readonly column: number;
}

function refuseMarkup(content: string, name: string): void {
  const start = content.slice(0, 1_000).trimStart().toLowerCase();
  if (!start.startsWith('<')) return;
  const isHtml = start.startsWith('<!doctype html') || start.includes('<html') || start.includes('<head');
  throw new OattyError(
    'OPENAPI_SOURCE_PARSE_FAILED',
    `"${name}" is ${isHtml ? 'a web page (HTML)' : 'an XML document'}, not an OpenAPI description.`,
    {
      suggestedAction: 'Use the address of the description itself, in JSON or YAML (the "raw" file).',
      context: { source: name },
    },
  );
}

async function parseJson(content: string, name: string, limits: LoadLimits): Promise<ParsedText> {
  try {
    return { value: JSON.parse(content) as JsonValue, warnings: [] };
  } catch (failure) {
    // YAML's flow style begins with a brace too; when it is not that either, the JSON error says more.
    return parseYaml(content, name, limits).catch((second: unknown) => {
      if (second instanceof OattyError && second.code === 'LIMIT_EXCEEDED') throw second;
      throw parseFailed(name, 'is not valid JSON', jsonPosition(failure, content), failure);
    });
  }
}

async function parseYaml(content: string, name: string, limits: LoadLimits): Promise<ParsedText> {
  const { CORE_SCHEMA, load, mergeTag, YAMLException } = await import('js-yaml');
  const parse = (json: boolean) =>
    load(content, {
      schema: CORE_SCHEMA.withTags(mergeTag),
      maxDepth: limits.maxDepth,
      maxAliases: limits.maxAliases,
      json, // as JSON does: the last of two equal keys wins
    }) as JsonValue;
  const translate = (failure: unknown): OattyError => {
    if (!(failure instanceof YAMLException))
      return parseFailed(name, 'is not valid YAML', undefined, failure);
    if (failure.reason.includes('maxAliases')) return limitExceeded(name, 'maxAliases', limits.maxAliases);
    if (failure.reason.includes('maxDepth')) return limitExceeded(name, 'maxDepth', limits.maxDepth);
    return parseFailed(
      name,
      `is not valid YAML${describe(failure.reason)}`,
      yamlPosition(failure.mark),
      failure,
    );
  };
  try {
    return { value: parse(false), warnings: [] };
  } catch (failure) {
    if (!(failure instanceof YAMLException) || failure.reason !== 'duplicated mapping key') {
      throw translate(failure);
    }
    try {
      const line = yamlPosition(failure.mark)?.line ?? 0;
      return { value: parse(true), warnings: [`Line ${line} repeats a key; the last one is used.`] };
    } catch (second) {
      throw translate(second);
    }
  }
}

/** Reasons that quote the text are left out. */
function describe(reason: string): string {
  return /["'`<>!&*]/.test(reason) ? '' : `: ${reason}`;
}

function yamlPosition(mark: { line: number; column: number } | undefined): Position | undefined {
  return mark && { line: mark.line + 1, column: mark.column + 1 };
}

function jsonPosition(failure: unknown, content: string): Position | undefined {
  const offset = failure instanceof Error ? /at position (\d+)/.exec(failure.message)?.[1] : undefined;
  if (offset === undefined) return undefined;
  const before = content.slice(0, Number(offset)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function parseFailed(name: string, what: string, position?: Position, cause?: unknown): OattyError {
  const where = position ? ` (line ${position.line}, column ${position.column})` : '';
  return new OattyError('OPENAPI_SOURCE_PARSE_FAILED', `"${name}" ${what}${where}.`, {
    context: { source: name, ...position },
    cause,
  });
}
