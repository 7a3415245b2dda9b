/** A span for each run that is started here, and below it one for each of its steps, made from the events of the run. */
import { trace } from '@opentelemetry/api';
import type { Context, Span, Tracer } from '@opentelemetry/api';
import type { RunEvent } from '@oatty/types';
import type { RunHandle, Runs } from '../runs/runs.ts';
import { endSpan } from './end-span.ts';

export interface RunWatch {
  readonly tracer: Tracer;
  /** Of the run that is started now. */
  readonly parent: () => Context;
}

export function watchRuns(runs: Runs, { tracer, parent }: RunWatch): Runs {
  return {
    ...runs,
    async start(options) {
      const context = parent();
      const handle = await runs.start(options);
      void follow(handle, tracer, context).catch(() => undefined); // the run goes on all the same
      return handle;
    },
  };
}

// --- internal ---

async function follow(handle: RunHandle, tracer: Tracer, parent: Context): Promise<void> {
  const attributes = { 'oatty.run.id': handle.run_id, 'oatty.workflow.id': handle.workflow_id };
  const run = tracer.startSpan(`run ${handle.workflow_id}`, { attributes }, parent);
  const within = trace.setSpan(parent, run);
  const steps = new Map<string, Span>();
  for await (const event of handle.events()) {
    if (event.type === 'step_started') steps.set(event.step_id, startStep(event, tracer, within));
    if (event.type === 'step_finished') endStep(event, steps.get(event.step_id));
    if (event.type === 'run_finished') {
      run.setAttribute('oatty.run.status', event.status);
      endSpan(run, event.error?.error_code, new Date(event.at));
    }
  }
}

function startStep(
  event: Extract<RunEvent, { type: 'step_started' }>,
  tracer: Tracer,
  within: Context,
): Span {
  const attributes = { 'oatty.step.id': event.step_id, 'oatty.command.id': event.run };
  return tracer.startSpan(`step ${event.step_id}`, { attributes, startTime: new Date(event.at) }, within);
}

/** A step that was skipped never started, and has none. */
function endStep({ result, at }: Extract<RunEvent, { type: 'step_finished' }>, span: Span | undefined): void {
  span?.setAttributes({ 'oatty.step.status': result.status, 'oatty.step.attempts': result.attempts });
  if (span) endSpan(span, result.error?.error_code, new Date(at));
}
