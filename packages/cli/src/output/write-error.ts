/** An error for people: one line what happened, one line what to do, then what is wrong in detail. */
import type { OattyError, Violation } from '@oatty/types';
import type { Paint } from './color.ts';
import { toPrintable } from './printable.ts';

const maxViolations = 50;

export interface ErrorTextOptions {
  readonly paint: Paint;
  /** Adds the code, the correlation id and the cause. */
  readonly verbose: boolean;
}

export function toErrorText(error: OattyError, { paint, verbose }: ErrorTextOptions): string {
  const lines = [
    `${paint.red('error:')} ${toPrintable(error.message)}`,
    ...toViolationLines(error.options.violations ?? [], paint),
    `${paint.cyan('help:')}  ${toPrintable(error.suggestedAction)}`,
  ];
  if (verbose) {
    lines.push(paint.dim(`code ${error.code}, correlation id ${error.correlationId}`));
    if (error.cause !== undefined) lines.push(paint.dim(`cause: ${toPrintable(String(error.cause))}`));
  }
  return lines.join('\n');
}

/** `  $.steps[1].run (line 7, column 10): No command "shop x".` */
export function toViolationLines(violations: readonly Violation[], paint: Paint): string[] {
  const lines = violations.slice(0, maxViolations).map(({ path, message, line, column, suggestion }) => {
    const place = line === undefined ? path : `${path} (line ${line}, column ${column ?? 1})`;
    const hint = suggestion === undefined ? '' : ` ${paint.dim(toPrintable(suggestion))}`;
    return `  ${paint.bold(toPrintable(place))}: ${toPrintable(message)}${hint}`;
  });
  const left = violations.length - lines.length;
  return left > 0 ? [...lines, `  … and ${left} more`] : lines;
}

/** Wrong use and invalid input end with 2, failures with 1, interruptions with 130. */
export function toExitCode(error: OattyError): number {
  return error.traits.exitCode;
}
