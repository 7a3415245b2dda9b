/** A process whose work is to carry queued runs. */
import type { RunDocument } from '@oatty/types';
import type { BackgroundRuns } from '../runs/background-runs.ts';
import { rest } from '../keep-looking.ts';
import type { World } from '../world.ts';
import { refuseQueueNames } from './queue-names.ts';

export interface WorkOptions {
  /** Default: all queues. */
  readonly queues?: readonly string[];
  /** How many claimed runs are carried at once; default 10. */
  readonly concurrency?: number;
  /** Hears of a run that was claimed here. */
  readonly onClaim?: (runId: string) => void;
  /** Hears of each run that was carried here and has ended, or rests. */
  readonly onRest?: (run: RunDocument) => void;
}

export interface Worker {
  /**
   * Claims nothing more, and lets go of each run at the next moment at which no call of it is in flight; others carry
   * them on. Resolves when that has come for all, or after `graceMs`: closing oatty breaks off what is still in flight.
   */
  handBack(graceMs: number): Promise<void>;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for what is no name of a queue */
export function startWorker(world: World, background: BackgroundRuns, options: WorkOptions): Worker {
  refuseQueueNames(options.queues ?? []);
  if (options.onRest !== undefined) background.listen(options.onRest);
  background.queued.serve(options);
  return {
    async handBack(graceMs) {
      background.leave();
      const runner = await world.runner();
      await Promise.race([runner.handBack(), rest(world, graceMs)]);
    },
  };
}
