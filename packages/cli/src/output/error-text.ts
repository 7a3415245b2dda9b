/** An error for people: one line what happened, what is wrong in detail, and one line what to do. */
import type { ErrorPayload, Violation } from '@oatty/types';
import { toAdvice } from './advice.ts';
import { toPrintable } from './printable.ts';
import type { Paint } from './text-style.ts';

const maxCauses = 5;
const maxAnswerLines = 40;

export interface ErrorTextOptions {
  readonly paint: Paint;
  /** Adds the code, the correlation id, the causes and what an API answered. */
  readonly verbose: boolean;
  /** What the error came from. */
  readonly cause?: unknown;
}

export function toErrorText(error: ErrorPayload, { paint, verbose, cause }: ErrorTextOptions): string {
  return [
    `${paint.red('error:')} ${toPrintable(toHeadline(error))}`,
    ...toViolationLines(newsIn(error), paint),
    `${paint.cyan('help:')}  ${toPrintable(toAdvice(error))}`,
    ...toAnswerLines(error, verbose).map(paint.dim),
    ...toBackground(error, verbose, cause).map(paint.dim),
  ].join('\n');
}

/** `  $.steps[1].run (line 7, column 10): No command "shop x".` */
export function toViolationLines(violations: readonly Violation[], paint: Paint): string[] {
  return violations.map(({ path, message, line, column, suggestion }) => {
    const place = line === undefined ? path : `${path} (line ${line}, column ${column ?? 1})`;
    const hint = suggestion === undefined ? '' : ` ${paint.dim(toPrintable(suggestion))}`;
    return `  ${paint.bold(toPrintable(place))}: ${toPrintable(message)}${hint}`;
  });
}

// --- internal ---

function toHeadline({ step_id, message }: ErrorPayload): string {
  return step_id === undefined || message.includes(`"${step_id}"`)
    ? message
    : `Step "${step_id}": ${message}`;
}

/** The violations; none where the only one says what the message says. */
function newsIn({ message, violations = [] }: ErrorPayload): readonly Violation[] {
  const [first, second] = violations;
  const isKnown = first?.line === undefined && second === undefined;
  if (isKnown && (first?.message.startsWith(message) || message.endsWith(first?.message ?? ''))) return [];
  return violations.map((violation) => ({ ...violation, path: toOptionName(violation) }));
}

/** What was given on the command line is known there by another name. */
function toOptionName({ path, line }: Violation): string {
  if (line !== undefined) return path;
  return path.replace(/^\$\.with\./, '--').replace(/^\$\.inputs\./, '--input ');
}

/** What an API answered, where it says more than fits into one message: a list of fields that are wrong, say. */
function toAnswerLines({ response_payload }: ErrorPayload, verbose: boolean): string[] {
  const { body } = (response_payload ?? {}) as { readonly body?: unknown }; // of UpstreamError
  if (typeof body !== 'object' || body === null)
    return verbose && typeof body === 'string' ? toBlock(body) : [];
  const hasDetails = Object.values(body).some((member) => typeof member === 'object' && member !== null);
  return verbose || hasDetails ? toBlock(JSON.stringify(body, null, 2)) : [];
}

function toBlock(text: string): string[] {
  const lines = toPrintable(text).split('\n');
  const shown = lines.slice(0, maxAnswerLines).map((line) => `  ${line}`);
  return lines.length > maxAnswerLines ? [...shown, '  …'] : shown;
}

/** A mistake of ours is reported with the id, so that is always there. */
function toBackground(
  { error_code, correlation_id }: ErrorPayload,
  verbose: boolean,
  first: unknown,
): string[] {
  if (!verbose && error_code !== 'INTERNAL') return [];
  const lines = [`code ${error_code}, correlation id ${correlation_id}`];
  if (!verbose) return lines;
  for (let cause = first; cause instanceof Error && lines.length <= maxCauses; cause = cause.cause) {
    // A stack is for mistakes of ours, never for those of a caller.
    const text =
      error_code === 'INTERNAL' ? (cause.stack ?? cause.message) : `${cause.name}: ${cause.message}`;
    lines.push(`cause: ${toPrintable(text)}`);
  }
  return lines;
}
