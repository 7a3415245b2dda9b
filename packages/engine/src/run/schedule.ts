/**
 * Which step is next: the first in declaration order for which every step that it waits for has ended. What an earlier
 * owner of the run has begun comes before what it has not.
 *
 * Each step is looked at a constant number of times, so a run of many steps stays linear.
 */
import type { CompiledStep } from './compile-workflow.ts';

export class Schedule {
  readonly #steps: readonly CompiledStep[];
  readonly #position = new Map<string, number>();
  /** How many steps each step still waits for. */
  readonly #waitsFor: number[];
  readonly #waiters = new Map<string, number[]>();
  /** Positions of ready steps, ascending. */
  readonly #ready: number[] = [];
  /** Positions of steps that are in flight already, ascending. */
  readonly #begun: number[];

  /** @param ended - ids of steps that need not run any more */
  constructor(
    steps: readonly CompiledStep[],
    ended: ReadonlySet<string>,
    begun: ReadonlySet<string> = new Set(),
  ) {
    this.#steps = steps;
    for (const [position, { step }] of steps.entries()) this.#position.set(step.id, position);
    this.#waitsFor = steps.map(({ after }, position) => this.#register(position, after, ended));
    for (const [position, { step }] of steps.entries()) {
      if (this.#waitsFor[position] === 0 && !ended.has(step.id) && !begun.has(step.id)) {
        this.#ready.push(position);
      }
    }
    this.#begun = [...steps.entries()].flatMap(([position, { step }]) => {
      return begun.has(step.id) && !ended.has(step.id) ? [position] : [];
    });
  }

  /** Takes the next step out; `undefined` when none is ready. */
  next(): CompiledStep | undefined {
    const position = this.#begun.shift() ?? this.#ready.shift();
    return position === undefined ? undefined : this.#steps[position];
  }

  /** To be told when a step that was taken out has ended, whatever its status. */
  end(stepId: string): void {
    for (const position of this.#waiters.get(stepId) ?? []) {
      const left = (this.#waitsFor[position] ?? 0) - 1;
      this.#waitsFor[position] = left;
      if (left === 0) insertInOrder(this.#ready, position);
    }
  }

  #register(position: number, after: readonly string[], ended: ReadonlySet<string>): number {
    const open = after.filter((id) => this.#position.has(id) && !ended.has(id));
    for (const id of open) {
      const waiters = this.#waiters.get(id);
      if (waiters === undefined) this.#waiters.set(id, [position]);
      else waiters.push(position);
    }
    return open.length;
  }
}

// --- internal ---

function insertInOrder(positions: number[], position: number): void {
  const at = positions.findIndex((other) => other > position);
  positions.splice(at === -1 ? positions.length : at, 0, position);
}
