/** What one process needs to execute one run. */
import type { Workflow } from '@oatty/types';
import type { RunPorts } from './run-context.ts';
import type { Prepare } from './prepare-run.ts';
import type { RunFeed } from './run-feed.ts';
import type { RunLimits } from './run-limits.ts';
import type { StopSwitch } from './stop-switch.ts';

export interface Execution {
  readonly runId: string;
  /** Holds the lease. */
  readonly owner: string;
  readonly ports: RunPorts;
  readonly limits: RunLimits;
  readonly feed: RunFeed;
  readonly stop: StopSwitch;
  readonly prepare: Prepare | undefined;
  /** What this process knows of secret inputs, so far. */
  secretInputs(): Readonly<Record<string, unknown>>;
  /** Keeps the secret ones among the inputs. */
  keepSecretInputs(workflow: Workflow, inputs: Readonly<Record<string, unknown>>): void;
  /**
   * Cancels a sub-workflow, and waits until it has ended: a process that has just died may hold it for a few more seconds.
   *
   * @throws {OattyError} the reason when this run is let go of meanwhile
   */
  endChild(runId: string): Promise<void>;
}
