/**
 * Shows a run while it goes on, on stderr: a live picture on a terminal, plain lines in a pipe. With `--follow` the
 * events themselves go to stdout, one in a line.
 */
import type { RunEvent } from '@oatty/types';
import type { CliContext } from '../cli-command.ts';
import { toLine, toPrintable } from '../output/printable.ts';
import { LiveArea } from './live-area.ts';
import { applyEvent, noProgress } from './run-progress.ts';
import type { RunProgress } from './run-progress.ts';
import { toActiveLine, toAttemptLine, toFinishedLine } from './step-line.ts';

/** Ends with the run. */
export async function followRun(context: CliContext, events: AsyncIterable<RunEvent>): Promise<void> {
  if (context.flags.json || context.flags.quiet) return drain(events);
  return context.stderrStyle.isTerminal ? drawLive(context, events) : printLines(context, events);
}

export async function printEvents({ io }: CliContext, events: AsyncIterable<RunEvent>): Promise<void> {
  for await (const event of events) io.stdout.write(`${JSON.stringify(event)}\n`);
}

// --- internal ---

const redrawMs = 100;

async function drain(events: AsyncIterable<RunEvent>): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

async function printLines(context: CliContext, events: AsyncIterable<RunEvent>): Promise<void> {
  for await (const event of events) for (const line of toLastingLines(event, context)) context.note(line);
}

async function drawLive(context: CliContext, events: AsyncIterable<RunEvent>): Promise<void> {
  const area = new LiveArea(context.io.stderr);
  let progress = noProgress;
  const draw = () => area.draw(toPicture(progress, context));
  const timer = setInterval(draw, redrawMs);
  try {
    for await (const event of events) {
      progress = applyEvent(progress, event);
      const lines = toLastingLines(event, context);
      if (lines.length === 0) continue;
      area.keep(...lines);
      draw();
    }
  } finally {
    clearInterval(timer);
    area.draw([]);
  }
}

/** What stays on the screen, and all that a pipe gets. */
function toLastingLines(event: RunEvent, { flags, stderrStyle }: CliContext): string[] {
  const isLive = stderrStyle.isTerminal;
  switch (event.type) {
    case 'step_started':
      return flags.verbose && !isLive ? [toPrintable(`▸ ${event.step_id}  ${event.run}`)] : [];
    case 'step_attempt':
      return flags.verbose || (event.outcome === 'retrying' && !isLive)
        ? [toAttemptLine(event, stderrStyle)]
        : [];
    case 'step_progress':
      return flags.verbose ? [toPrintable(`  ${event.step_id}  ${event.message}`)] : [];
    case 'step_finished':
      return [toFinishedLine(event.result, stderrStyle)];
    case 'run_defined':
      return [toPrintable(event.message)];
    case 'run_waiting':
      return isLive ? [] : [toPrintable(event.message)];
    case 'run_started':
    case 'run_finished':
      return [];
  }
}

function toPicture({ active, waitingFor }: RunProgress, { stderrStyle, signal }: CliContext): string[] {
  const now = Date.now();
  const remark = signal.aborted ? 'Canceling; Ctrl-C again stops at once.' : waitingFor;
  return [
    ...active.map((step) => toActiveLine(step, now, stderrStyle)),
    ...(remark === undefined ? [] : [stderrStyle.paint.yellow(toLine(remark, stderrStyle.width - 1))]),
  ];
}
