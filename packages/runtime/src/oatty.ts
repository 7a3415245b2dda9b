/**
 * What oatty offers to programs: the library's surface, and what the command line and MCP are made of.
 *
 * Results are documents with snake_case fields: the same objects as `oatty --json` prints and MCP tools return.
 * What goes wrong is an `OattyError`.
 */
import type { Changes, ChangeWatch } from './changes/watch-changes.ts';
import type { Operations } from './authoring/operations.ts';
import type { Catalogs } from './catalogs/catalogs.ts';
import type { Commands } from './commands/commands.ts';
import type { Runs } from './runs/runs.ts';
import type { Schedules } from './schedules/schedules.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { Workflows } from './workflows/workflows.ts';

export interface Oatty {
  readonly catalogs: Catalogs;
  readonly commands: Commands;
  readonly workflows: Workflows;
  readonly runs: Runs;
  /** Workflows that are written, saved and run in one go. */
  readonly operations: Operations;
  readonly schedules: Schedules;
  readonly secrets: Secrets;
  /** Where files are read and written. */
  readonly paths: OattyPaths;
  /** 32 random bytes, the same for every process with this journal: signs what another of them checks. */
  sharedKey(): Promise<Buffer>;
  /** Tells what changes on disk from now on, whoever changes it. */
  watch(onChange: (changes: Changes) => void): ChangeWatch;
  /**
   * Lets go of the runs that are going on here, without ending them, and waits until nothing more is written.
   * Single commands are canceled; who waits for a run is told that it is carried on elsewhere, or not at all.
   */
  close(): Promise<void>;
}

export interface OattyPaths {
  readonly registry: string;
  readonly catalogs: string;
  readonly workflows: string;
  readonly state: string;
}
