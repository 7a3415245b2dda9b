/** Which runs may go, where later ones carry on from them. */
import { isTerminal } from './run.ts';
import type { RunStatus } from './run.ts';

/** A run that carries on from another one. */
export interface RunResumption {
  readonly run_id: string;
  readonly resumed_from: string;
  readonly status: RunStatus;
}

/**
 * A run that has not succeeded keeps all that it carries on from: it, or its next resumption, looks there what
 * sub-workflows had done. Runs that go together keep nothing.
 *
 * @param resumptions - those that follow one of the runs, directly or not
 * @param gone - runs that count as removed already
 * @returns those of the runs that nothing keeps, each once
 */
export function removableRuns(
  runIds: readonly string[],
  resumptions: readonly RunResumption[],
  gone: ReadonlySet<string>,
): readonly string[] {
  const together = new Set(runIds);
  const sources = new Map(resumptions.map(({ run_id, resumed_from }) => [run_id, resumed_from]));
  const needed = new Set<string>();
  for (const { run_id, resumed_from, status } of resumptions) {
    if (status === 'succeeded' || gone.has(run_id)) continue;
    if (together.has(run_id) && isTerminal(status)) continue;
    let source: string | undefined = resumed_from;
    for (; source !== undefined && !needed.has(source); source = sources.get(source)) needed.add(source);
  }
  return [...together].filter((runId) => !needed.has(runId));
}
