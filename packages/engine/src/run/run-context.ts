/** What the parts of the interpreter share while they execute one run. */
import type { StepResult } from '@oatty/types';
import type { Dispatcher } from '../dispatch/dispatch-command.ts';
import type { Clock, Entropy } from '../ports/clock.ts';
import type { CommandSource } from '../ports/command-source.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { EnvironmentSource, SecretSource } from '../ports/values.ts';
import type { Activity } from './activity.ts';
import type { BegunStep } from './begun-steps.ts';
import type { CompiledWorkflow } from './compile-workflow.ts';
import type { Journal } from './journal.ts';
import type { OpenWaits } from './open-waits.ts';
import type { RunLimits } from './run-limits.ts';
import type { RunState } from './run-state.ts';
import type { RunValues } from './run-values.ts';
import type { StopSwitch } from './stop-switch.ts';

export interface RunPorts {
  readonly store: RunStore;
  readonly commands: CommandSource;
  readonly dispatcher: Dispatcher;
  readonly secrets: SecretSource;
  readonly environment: EnvironmentSource;
  readonly clock: Clock;
  readonly entropy: Entropy;
}

export interface RunContext {
  readonly ports: RunPorts;
  readonly limits: RunLimits;
  /** As it was when this process took the run over. */
  readonly state: RunState;
  /** In the past when another process has started the run. */
  readonly startedAt: string;
  readonly workflow: CompiledWorkflow;
  readonly values: RunValues;
  readonly journal: Journal;
  readonly stop: StopSwitch;
  readonly activity: Activity;
  readonly waits: OpenWaits;
  /** Steps that have ended, so far. */
  readonly results: Map<string, StepResult>;
  /** Steps that were begun and are open: an earlier owner left them, or they wait for an answer. */
  readonly begun: Map<string, BegunStep>;
  /** See `execution.ts`. */
  endChild(runId: string): Promise<void>;
}
