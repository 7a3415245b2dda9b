/** What a run is doing, gathered from its events. Pure: drawing is done elsewhere. */
import type { RunEvent, StepStatus } from '@oatty/types';

export interface RunProgress {
  /** In the order in which they started; those that have finished are gone. */
  readonly active: readonly StepProgress[];
  /** What the whole run waits for. */
  readonly waitingFor?: string;
}

export interface StepProgress {
  readonly id: string;
  readonly status: StepStatus;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The attempt that is under way, of the call that is. */
  readonly attempt: number;
  /** What it is at: `3 of 10 items`, `503, again in 2 s`. */
  readonly message?: string;
}

export const noProgress: RunProgress = { active: [] };

export function applyEvent(progress: RunProgress, event: RunEvent): RunProgress {
  switch (event.type) {
    case 'step_started': {
      const { step_id: id, at } = event;
      const step: StepProgress = { id, status: 'running', startedAt: Date.parse(at), attempt: 1 };
      return { active: [...progress.active, step] };
    }
    case 'step_attempt': {
      const { outcome, attempt, error } = event;
      if (outcome !== 'retrying') return change(progress, event.step_id, { attempt: 1 });
      return change(progress, event.step_id, { attempt: attempt + 1, message: error?.message ?? 'failed' });
    }
    case 'step_progress':
      return change(progress, event.step_id, { message: event.message });
    case 'step_finished':
      return { active: progress.active.filter(({ id }) => id !== event.step_id) };
    case 'run_waiting':
      return { ...progress, waitingFor: event.message };
    case 'run_started':
    case 'run_defined':
    case 'run_finished':
      return progress;
  }
}

// --- internal ---

function change({ active }: RunProgress, id: string, facts: Partial<StepProgress>): RunProgress {
  return { active: active.map((step) => (step.id === id ? { ...step, ...facts } : step)) };
}
