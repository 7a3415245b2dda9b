/**
 * The text of a workflow → what it says, and where each part of it stands.
 *
 * T1. YAML is YAML 1.2, one document, without doubled keys or foreign tags. JSON is strict.
 * T2. Size, depth and number of values are bounded; aliases count as what they stand for, so that a few lines cannot
 *     become gigabytes.
 * T3. The library that reads YAML is loaded when a text is parsed, not before.
 * T4. A text is parsed once as long as its value is kept. The tree with the places of the parts is many times larger than
 *     the text and is not kept: it is made again when somebody asks for a place.
 */
import { OattyError } from '@oatty/types';
import { checkJson } from './check-json.ts';
import { KeptValues } from './kept-values.ts';

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
  const { readYaml } = await import('./read-yaml.ts');
  const values = keptUnder(limits)[format];
  const kept = values.get(content);
  if (kept !== undefined) {
    let places: Pick<ParsedWorkflowText, 'locate'> | undefined;
    const locate: ParsedWorkflowText['locate'] = (path, target) => {
      places ??= readYaml(content, limits);
      return places.locate(path, target);
    };
    return { format, value: kept.value, locate };
  }
  if (format === 'json') checkJson(content);
  const { value, locate } = readYaml(content, limits);
  return { format, value: values.keep(content, value), locate };
}

/** @throws {OattyError} `LIMIT_EXCEEDED` */
export function checkSize(bytes: number, { maxBytes }: TextLimits): void {
  if (bytes <= maxBytes) return;
  throw new OattyError('LIMIT_EXCEEDED', `The workflow has ${bytes} bytes; ${maxBytes} are allowed.`, {
    context: { limit: 'maxBytes', bytes, max_bytes: maxBytes },
  });
}

// --- internal ---

const maxKeptChars = 1024 ** 2;

type KeptByFormat = Readonly<Record<WorkflowFormat, KeptValues>>;

/** What is allowed under some limits need not be under others. */
const kept = new WeakMap<TextLimits, KeptByFormat>();

function keptUnder(limits: TextLimits): KeptByFormat {
  const known = kept.get(limits) ?? {
    yaml: new KeptValues(maxKeptChars),
    json: new KeptValues(maxKeptChars),
  };
  kept.set(limits, known);
  return known;
}

function guessFormat(content: string): WorkflowFormat {
  return /^\uFEFF?\s*\{/.test(content) ? 'json' : 'yaml';
}
