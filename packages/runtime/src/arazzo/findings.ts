/**
 * What an import or an export has to say about one workflow.
 *
 *   F1. A warning names what was left out or said otherwise, where a run does the same to data all the same.
 *   F2. A refusal names what would make a run do something else than the author meant; the workflow is not written.
 */
import type { Violation } from '@oatty/types';

export class Findings {
  readonly #warnings: Violation[] = [];
  readonly #refusals: Violation[] = [];

  get warnings(): readonly Violation[] {
    return this.#warnings;
  }

  get refusals(): readonly Violation[] {
    return this.#refusals;
  }

  /** @param path - in the document: `$.workflows[0].steps[2]` */
  warn(path: string, rule: string, message: string): void {
    this.#warnings.push({ path, rule, message });
  }

  refuse(path: string, rule: string, message: string): void {
    this.#refusals.push({ path, rule, message });
  }
}
