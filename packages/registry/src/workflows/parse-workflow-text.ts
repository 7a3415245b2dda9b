/**
 * The text of a workflow → what it says, and where each part of it stands.
 *
 * T1. YAML is YAML 1.2, one document, without doubled keys or foreign tags. JSON is strict.
 * T2. Size, depth and number of values are bounded; aliases count as what they stand for, so that a few lines cannot
 *     become gigabytes.
 * T3. The library that reads YAML is loaded when a text is parsed, not before.
 */
import { OattyError } from '@oatty/types';
import { checkJson } from './check-json.ts';

export type WorkflowFormat = 'yaml' | 'json';

export interface TextLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Scalars, lists and maps, with every alias counted as what it stands for. */
  readonly maxValues: number;
}

export const defaultTextLimits: TextLimits = { maxBytes: 512 * 1024, maxDepth: 100, maxValues: 50_000 };

/** Line and column start at 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export interface TextLocation extends TextPosition {
  /** Of a string: where the character at an offset into its value stands. */
  readonly inside?: (offset: number) => TextPosition;
}

export interface ParsedWorkflowText {
  readonly format: WorkflowFormat;
  readonly value: unknown;
  /** Where the value at a path begins, or its key; `undefined` when there is nothing at that path. */
  readonly locate: (path: readonly (string | number)[], target?: 'key' | 'value') => TextLocation | undefined;
}

/**
 * @param format - when absent, a text that begins with `{` is JSON and any other is YAML
 * @throws {OattyError} `WORKFLOW_PARSE_FAILED` with `line` and `column`; `LIMIT_EXCEEDED`
 */
export async function parseWorkflowText(
  content: string,
  format: WorkflowFormat = guessFormat(content),
  limits: TextLimits = defaultTextLimits,
): Promise<ParsedWorkflowText> {
  checkSize(Buffer.byteLength(content), limits);
  if (format === 'json') checkJson(content);
  const { readYaml } = await import('./read-yaml.ts');
  return { format, ...readYaml(content, limits) };
}

/** @throws {OattyError} `LIMIT_EXCEEDED` */
export function checkSize(bytes: number, { maxBytes }: TextLimits): void {
  if (bytes <= maxBytes) return;
  throw new OattyError('LIMIT_EXCEEDED', `The workflow has ${bytes} bytes; ${maxBytes} are allowed.`, {
    context: { limit: 'maxBytes', bytes, max_bytes: maxBytes },
  });
}

// --- internal ---

function guessFormat(content: string): WorkflowFormat {
  return /^\uFEFF?\s*\{/.test(content) ? 'json' : 'yaml';
}
