/** How a run ended: its output is data, how it went is a remark, and what went wrong an error. */
import type { RunDocument } from '@oatty/types';
import type { CliContext } from '../cli-command.ts';
import { toEndLine } from '../progress/step-line.ts';
import { toErrorText } from './error-text.ts';
import { toReadableValue } from './value.ts';

export function showRun(context: CliContext, run: RunDocument): void {
  if (!context.flags.json) context.note(toEndLine(run, context.stderrStyle));
  context.print(run, ({ final_output }, style) => toReadableValue(final_output, style));
  if (context.flags.json || run.error === undefined) return;
  const { paint } = context.stderrStyle;
  context.io.stderr.write(`${toErrorText(run.error, { paint, verbose: context.flags.verbose })}\n`);
}

export function toExitCode({ status }: RunDocument): number {
  return status === 'succeeded' ? 0 : 1;
}
