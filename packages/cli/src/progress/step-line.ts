/** One line for each thing that happens to a step. */
import type { RunDocument, RunEvent, StepResult, StepStatus } from '@oatty/types';
import { toDurationText } from '../output/duration-text.ts';
import { toLine, toPrintable } from '../output/printable.ts';
import type { Paint, TextStyle } from '../output/text-style.ts';
import type { StepProgress } from './run-progress.ts';

/** `▸ charge  1.2 s, attempt 2, 503`: fits into the terminal, since a line that wraps cannot be redrawn. */
export function toActiveLine(step: StepProgress, now: number, { paint, width }: TextStyle): string {
  const room = (width === 0 ? maxLineWidth : width) - 1; // as wide as the terminal wraps on some
  const name = toLine(step.id, Math.floor(room / 2));
  const facts = [
    toDurationText(Math.max(0, now - step.startedAt)),
    ...(step.attempt > 1 ? [`attempt ${step.attempt}`] : []),
    ...(step.message === undefined ? [] : [step.message]),
  ];
  return `${toMark(step.status, paint)} ${name}  ${toLine(facts.join(', '), room - name.length - 4)}`;
}

/** `✓ charge  1.2 s, 3 attempts` */
export function toFinishedLine(result: StepResult, { paint }: TextStyle): string {
  const { id, status, attempts, duration_ms, reason, error } = result;
  const facts = [
    ...(duration_ms === undefined || status === 'skipped' ? [] : [toDurationText(duration_ms)]),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...[reason, error?.message].filter((text) => text !== undefined),
  ];
  const text = facts.length === 0 ? '' : `  ${toLine(facts.join(', '), maxLineWidth)}`;
  return `${toMark(status, paint)} ${id}${status === 'skipped' ? paint.dim(text) : text}`;
}

type AttemptEvent = Extract<RunEvent, { type: 'step_attempt' }>;

/** `  charge  attempt 1: 503 after 12 ms, again in 500 ms` */
export function toAttemptLine(event: AttemptEvent, { paint }: TextStyle): string {
  const { step_id, item, poll, attempt, outcome, status, error, duration_ms, delay_ms } = event;
  const place = [
    ...(item === undefined ? [] : [`item ${item}`]),
    ...(poll === undefined ? [] : [`poll ${poll}`]),
    `attempt ${attempt}`,
  ].join(', ');
  const result = status ?? error?.error_code ?? outcome;
  const next = delay_ms === undefined ? '' : `, again in ${toDurationText(delay_ms)}`;
  return paint.dim(
    toPrintable(`  ${step_id}  ${place}: ${result} after ${toDurationText(duration_ms)}${next}`),
  );
}

/** `succeeded in 1.2 s (run_1)` */
export function toEndLine({ status, duration_ms, run_id }: RunDocument, { paint }: TextStyle): string {
  const time = duration_ms === undefined ? '' : ` in ${toDurationText(duration_ms)}`;
  return `${toMark(status, paint)} ${status}${time} ${paint.dim(`(${run_id})`)}`;
}

// --- internal ---

const maxLineWidth = 300;

function toMark(status: StepStatus, paint: Paint): string {
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
