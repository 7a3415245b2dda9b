/** A finished run for people: its steps, what came out, and what went wrong. */
import type { RunDocument, StepResult, StepStatus } from '@oatty/types';
import type { CliContext } from '../cli-command.ts';
import { createPaint } from './color.ts';
import type { Paint } from './color.ts';
import { toDurationText } from './duration-text.ts';
import { toLine, toPrintable } from './printable.ts';
import { toReadableValue } from './value.ts';

export function toRunText(run: RunDocument, { flags, io }: CliContext): string {
  const paint = createPaint(flags.color && io.stdout.isTTY === true);
  const width = io.stdout.columns ?? 0;
  const output = toReadableValue(run.final_output, width);
  return [
    ...run.steps.map((step) => toStepLine(step, paint)),
    `${toStatusText(run.status, paint)} in ${toDurationText(run.duration_ms ?? 0)} (${run.run_id})`,
    ...(run.error === undefined
      ? []
      : [
          `${paint.red('error:')} ${toPrintable(run.error.message)}`,
          `${paint.cyan('help:')}  ${toPrintable(run.error.suggested_action)}`,
        ]),
    ...(output === '' ? [] : ['', output]),
  ].join('\n');
}

/** `✓ charge  1.2 s, 3 attempts` */
export function toStepLine(step: StepResult, paint: Paint): string {
  const facts = [
    ...(step.duration_ms === undefined ? [] : [toDurationText(step.duration_ms)]),
    ...(step.attempts > 1 ? [`${step.attempts} attempts`] : []),
    ...(step.reason === undefined ? [] : [toLine(step.reason, 120)]),
    ...(step.error === undefined ? [] : [toLine(step.error.message, 160)]),
  ];
  return `${toMark(step.status, paint)} ${step.id}${facts.length > 0 ? paint.dim(`  ${facts.join(', ')}`) : ''}`;
}

export function toMark(status: StepStatus, paint: Paint): string {
  const marks: Readonly<Record<StepStatus, string>> = {
    pending: paint.dim('·'),
    running: paint.cyan('▸'),
    waiting: paint.yellow('…'),
    succeeded: paint.green('✓'),
    failed: paint.red('✗'),
    skipped: paint.dim('-'),
    canceled: paint.yellow('■'),
  };
  return marks[status];
}

// --- internal ---

function toStatusText(status: RunDocument['status'], paint: Paint): string {
  if (status === 'succeeded') return paint.green(status);
  return status === 'failed' ? paint.red(status) : paint.yellow(status);
}
