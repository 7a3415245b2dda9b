/**
 * Shows a run while it goes on: a live picture on a terminal, plain lines in a pipe, events as NDJSON on request.
 *
 * The picture is on stderr; what the run gives is printed on stdout afterwards.
 */
import type { RunEvent } from '@oatty/types';
import type { CliContext } from '../cli-command.ts';
import { createPaint } from './color.ts';
import type { Paint } from './color.ts';
import { toDurationText } from './duration-text.ts';
import { toLine } from './printable.ts';
import { applyEvent, noProgress } from './run-progress.ts';
import type { RunProgress, StepProgress } from './run-progress.ts';
import { toMark } from './run-text.ts';

const redrawMs = 100;
/** A picture taller than the screen cannot be redrawn: older finished steps leave it. */
const maxLines = 20;

export async function followRun(
  context: CliContext,
  events: AsyncIterable<RunEvent>,
  { ndjson }: { readonly ndjson: boolean },
): Promise<void> {
  if (ndjson) return printEvents(context, events);
  if (context.flags.quiet || context.flags.json) return drain(events);
  return context.io.stderr.isTTY === true ? drawLive(context, events) : printLines(context, events);
}

// --- internal ---

async function printEvents({ io }: CliContext, events: AsyncIterable<RunEvent>): Promise<void> {
  for await (const event of events) io.stdout.write(`${JSON.stringify(event)}\n`);
}

async function drain(events: AsyncIterable<RunEvent>): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

async function printLines(context: CliContext, events: AsyncIterable<RunEvent>): Promise<void> {
  const paint = createPaint(false);
  let progress = noProgress;
  for await (const event of events) {
    progress = applyEvent(progress, event);
    const step = 'step_id' in event ? progress.steps.find(({ id }) => id === event.step_id) : undefined;
    if (event.type === 'run_waiting') context.note(event.message);
    if (step === undefined) continue;
    const retried = event.type === 'step_attempt' && event.outcome === 'retrying';
    const shown = event.type === 'step_started' || event.type === 'step_finished' || retried;
    if (shown || context.flags.verbose) context.note(toProgressLine(step, paint, Date.parse(event.at), 0));
  }
}

async function drawLive(context: CliContext, events: AsyncIterable<RunEvent>): Promise<void> {
  const paint = createPaint(context.flags.color);
  const { stderr } = context.io;
  let progress = noProgress;
  let drawn = 0;
  const draw = () => {
    const lines = toPicture(progress, paint, stderr.columns ?? 80);
    const up = drawn > 0 ? `\u001B[${drawn}A\u001B[J` : '';
    if (lines.length > 0 || drawn > 0) stderr.write(`${up}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
  };
  const timer = setInterval(draw, redrawMs);
  try {
    for await (const event of events) progress = applyEvent(progress, event);
  } finally {
    clearInterval(timer);
    // The finished run is printed in full on stdout; the picture makes room for it.
    progress = noProgress;
    draw();
  }
}

function toPicture(progress: RunProgress, paint: Paint, width: number): string[] {
  const now = Date.now();
  const steps = progress.steps.slice(-maxLines).map((step) => toProgressLine(step, paint, now, width));
  return progress.message === undefined ? steps : [...steps, paint.yellow(toLine(progress.message, width))];
}

function toProgressLine(step: StepProgress, paint: Paint, now: number, width: number): string {
  const elapsed = toDurationText(step.durationMs ?? Math.max(0, now - step.startedAt));
  const facts = [
    ...(step.status === 'skipped' ? [] : [elapsed]),
    ...(step.attempts > 1 ? [`attempt ${step.attempts}`] : []),
    ...(step.message === undefined ? [] : [step.message]),
  ];
  const room = width === 0 ? 200 : Math.max(20, width - step.id.length - 5);
  return `${toMark(step.status, paint)} ${step.id}  ${paint.dim(toLine(facts.join(', '), room))}`;
}
