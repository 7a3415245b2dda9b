/**
 * Values of secret inputs, by run, for as long as the run lives in this process. They are nowhere else: another
 * process that takes the run over has to ask for them.
 */
export class HeldSecrets {
  readonly #byRun = new Map<string, Readonly<Record<string, unknown>>>();

  of(runId: string): Readonly<Record<string, unknown>> {
    return this.#byRun.get(runId) ?? {};
  }

  add(runId: string, values: Readonly<Record<string, unknown>>): void {
    if (Object.keys(values).length > 0) this.#byRun.set(runId, { ...this.of(runId), ...values });
  }

  forget(runId: string): void {
    this.#byRun.delete(runId);
  }
}
