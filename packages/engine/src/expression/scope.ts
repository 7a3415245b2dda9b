/**
 * The values that an expression can read. A root that is absent here is not available at that place, and reading it is
 * an error.
 */

export interface Scope {
  /** Every declared input; an optional one that was not given is `null`. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Names of the inputs whose values are secret. */
  readonly secretInputs?: ReadonlySet<string>;
  /** Every step of the workflow by id. */
  readonly steps?: StepLookup;
  /** Status and headers of the answers of steps. */
  readonly responses?: StepLookup;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: RunFacts;
  /** The element of a `for_each`, and its index from 0. */
  readonly item?: unknown;
  readonly index?: number;
  /** The secrets that may be used here. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** Hears every text that must not come out anywhere: secrets that were read, and what was made of them. */
  readonly onSecret?: (value: string) => void;
}

export interface RunFacts {
  readonly id: string;
  readonly workflow: string;
  readonly started_at: string;
}

/** A `Map` fits. */
export interface StepLookup {
  get(id: string): StepValue | undefined;
  keys(): Iterable<string>;
}

export type StepValue =
  | { readonly status: 'available'; readonly output: unknown }
  /** `reason` ends the sentence that begins with the step: `was skipped`, `failed`, `has not run`, `got no response`. */
  | { readonly status: 'unavailable'; readonly reason: string };
