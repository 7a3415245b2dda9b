/** How much one run may do. Each limit that is passed ends the run or the step with `LIMIT_EXCEEDED`. */
export interface RunLimits {
  /** Steps of a workflow. */
  readonly maxSteps: number;
  /** Items of a `for_each`. */
  readonly maxItems: number;
  /** JSON text of a step's output and of the final output. */
  readonly maxOutputBytes: number;
  /** Workflows within workflows. */
  readonly maxDepth: number;
  /** A run in which all that is in flight waits for longer than this leaves the memory until then. */
  readonly parkAfterMs: number;
}

export const defaultRunLimits: RunLimits = {
  maxSteps: 1_000,
  maxItems: 10_000,
  maxOutputBytes: 10 * 1024 ** 2,
  maxDepth: 10,
  parkAfterMs: 5_000,
};
