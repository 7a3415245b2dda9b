/** One line for each thing that happens to a step. */
import type { RunDocument, RunEvent, StepResult, StepStatus } from '@oatty/types';
import { toDurationText } from '../output/duration-text.ts';
import { toLine, toPrintable } from '../output/printable.ts';
import type { Paint, TextStyle } from '../output/text-style.ts';
import type { StepProgress } from './run-progress.ts';

/** `▸ charge  1.2 s, attempt 2, 503` */
export function toActiveLine(step: StepProgress, now: number, style: TextStyle): string {
  return toStepLine(step.id, step.status, style, [
    toDurationText(Math.max(0, now - step.startedAt)),
    ...(step.attempt > 1 ? [`attempt ${step.attempt}`] : []),
    ...(step.message === undefined ? [] : [step.message]),
  ]);
}

/** `✓ charge  1.2 s, 3 attempts` */
export function toFinishedLine(
  { id, status, attempts, duration_ms, reason, error }: StepResult,
  style: TextStyle,
) {
  return toStepLine(id, status, style, [
    ...(duration_ms === undefined || status === 'skipped' ? [] : [toDurationText(duration_ms)]),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...[reason, error?.message].filter((text) => text !== undefined),
  ]);
}

type AttemptEvent = Extract<RunEvent, { type: 'step_attempt' }>;

/** `  charge  attempt 1: 503 after 12 ms, again in 500 ms` */
export function toAttemptLine(event: AttemptEvent, style: TextStyle): string {
  const { step_id, item, poll, attempt, outcome, status, error, duration_ms, delay_ms } = event;
  const place = [
    ...(item === undefined ? [] : [`item ${item}`]),
    ...(poll === undefined ? [] : [`poll ${poll}`]),
    `attempt ${attempt}`,
  ].join(', ');
  const result = status ?? error?.error_code ?? outcome;
  const next = delay_ms === undefined ? '' : `, again in ${toDurationText(delay_ms)}`;
  const text = `  ${step_id}  ${place}: ${result} after ${toDurationText(duration_ms)}${next}`;
  return style.paint.dim(style.width === 0 ? toPrintable(text) : cutLine(text, style.width));
}

/** `succeeded in 1.2 s (run_1)` */
export function toEndLine({ status, duration_ms, run_id }: RunDocument, { paint }: TextStyle): string {
  const time = duration_ms === undefined ? '' : ` in ${toDurationText(duration_ms)}`;
  return `${toMark(status, paint)} ${status}${time} ${paint.dim(`(${run_id})`)}`;
}

// --- internal ---

const maxLineWidth = 300;

/** One column stays free: a line as wide as the terminal wraps on some. */
function toStepLine(id: string, status: StepStatus, style: TextStyle, facts: readonly string[]): string {
  const { paint } = style;
  const width = style.width === 0 ? maxLineWidth : style.width - 1;
  const name = toLine(id, Math.max(8, Math.floor(width / 2)));
  const text = facts.length === 0 ? '' : `  ${toLine(facts.join(', '), width - name.length - 4)}`;
  return `${toMark(status, paint)} ${name}${status === 'skipped' ? paint.dim(text) : text}`;
}

function cutLine(text: string, width: number): string {
  return `  ${toLine(text, width - 3)}`;
}

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
