/** What a run is doing, gathered from its events. Pure: drawing is done elsewhere. */
import type { RunEvent, StepStatus } from '@oatty/types';

export interface StepProgress {
  readonly id: string;
  readonly status: StepStatus;
  /** When it started, in ms since the epoch. */
  readonly startedAt: number;
  readonly attempts: number;
  /** What it is at: `3 of 10 items`, `waiting 2 s`. */
  readonly message?: string;
  readonly durationMs?: number;
}

export interface RunProgress {
  readonly steps: readonly StepProgress[];
  readonly message?: string;
}

export const noProgress: RunProgress = { steps: [] };

export function applyEvent(progress: RunProgress, event: RunEvent): RunProgress {
  switch (event.type) {
    case 'step_started': {
      const step = {
        id: event.step_id,
        status: 'running' as const,
        startedAt: Date.parse(event.at),
        attempts: 0,
      };
      return { steps: [...progress.steps, step] };
    }
    case 'step_attempt': {
      const failed =
        event.outcome === 'retrying' ? `${event.error?.message ?? 'failed'}, tried again` : undefined;
      return changeStep(progress, event.step_id, (step) => ({
        ...step,
        attempts: step.attempts + 1,
        ...(failed !== undefined && { message: failed }),
      }));
    }
    case 'step_progress':
      return changeStep(progress, event.step_id, (step) => ({ ...step, message: event.message }));
    case 'step_finished': {
      const { id, status, attempts, duration_ms, reason, error } = event.result;
      const message = error?.message ?? reason;
      const finished: StepProgress = {
        id,
        status,
        attempts,
        startedAt: Date.parse(event.at),
        ...(message !== undefined && { message }),
        ...(duration_ms !== undefined && { durationMs: duration_ms }),
      };
      const known = progress.steps.some((step) => step.id === id);
      return known ? changeStep(progress, id, () => finished) : { steps: [...progress.steps, finished] };
    }
    case 'run_waiting':
      return { ...progress, message: event.message };
    case 'run_started':
    case 'run_finished':
      return progress;
  }
}

// --- internal ---

function changeStep(
  progress: RunProgress,
  id: string,
  change: (step: StepProgress) => StepProgress,
): RunProgress {
  return { steps: progress.steps.map((step) => (step.id === id ? change(step) : step)) };
}
