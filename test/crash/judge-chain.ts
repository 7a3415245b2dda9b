/**
 * What must hold of a run whose processes are killed one after the other.
 *
 *   K1. A process that holds a run makes no call twice that changes something, unless the API was too busy for it.
 *   K2. What is committed when a process dies stays as it is, and is never called again.
 *   K3. A POST that the API cannot recognise is sent once, however many processes the run has.
 *   K4. The run comes to its end.
 */
import type { RunStore } from '@oatty/engine';
import type { RecordedCall } from '@oatty/example-shop-api';
import { bodyOf, itemsOf } from '../e2e/crash-workflow.ts';
import type { SharedState } from '../e2e/shared-state.ts';

/** The state of a run when one of its processes has died. */
export interface Snapshot {
  /** Calls that had arrived. */
  readonly calls: number;
  /** Results by what their calls say in their bodies. */
  readonly commits: ReadonlyMap<string, string>;
}

export const nothingYet: Snapshot = { calls: 0, commits: new Map() };

export async function snapshot({ shop }: SharedState, runs: RunStore, runId: string): Promise<Snapshot> {
  const commits = new Map<string, string>();
  const calls = shop.calls().length;
  const { items } = await runs.listRuns({ include_children: true, limit: 1_000 });
  for (const { run_id } of items) {
    const parent = run_id === runId ? undefined : (await runs.getRun(run_id))?.parent?.stepId;
    for (const { step_id, item, result } of await runs.readCommits(run_id)) {
      if (result.status !== 'succeeded') continue;
      const of = item === undefined ? parent : itemsOf[item];
      commits.set(of === undefined ? step_id : `${step_id} ${of}`, JSON.stringify(result));
    }
  }
  return { calls, commits };
}

/**
 * K1, K2
 *
 * @param holds - how often the process took the run: more than once when it had to let go of it
 */
export function wrongsOfLife(
  before: Snapshot,
  now: Snapshot,
  calls: readonly RecordedCall[],
  holds: number,
): readonly string[] {
  const made = countCalls(calls.slice(before.calls, now.calls));
  const tooOften = [...made].filter(([, count]) => count > holds);
  const committed = [...before.commits.keys()];
  const again = committed.filter((name) =>
    [...made.keys()].some((call) => new RegExp(`\\b${name}\\b`).test(call)),
  );
  const changed = committed.filter((name) => now.commits.get(name) !== before.commits.get(name));
  return [
    ...tooOften.map(([call, count]) => `${call} was made ${count} times by one process`),
    ...again.map((name) => `"${name}" was committed, and called again`),
    ...changed.map((name) => `"${name}" was committed, and is another now`),
  ];
}

/** K3, K4 */
export async function wrongsOfRun({ oatty, shop }: SharedState, runId: string): Promise<readonly string[]> {
  const { status, error } = await oatty.runs.get(runId);
  const twice = [...countCalls(shop.calls())].filter(([call, count]) => call.startsWith('POST') && count > 1);
  return [
    ...twice.map(([call, count]) => `${call} arrived ${count} times`),
    ...(status === 'succeeded' ? [] : [`the run is ${status}: ${error?.message ?? 'nobody carried it on'}`]),
  ];
}

// --- internal ---

function countCalls(calls: readonly RecordedCall[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const call of calls.filter(({ method, status }) => method !== 'GET' && status !== 429)) {
    const name = `${call.method} ${bodyOf(call)}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
