/**
 * Removes old runs from the journal.
 *
 *   P1. A run that has not ended is never removed, nor one whose result was promised to a client for longer (`ttl_ms`).
 *   P2. Of each workflow the newest `keep` runs stay, whatever their age.
 *   P3. The journal finds what may go, a page at a time; a run itself is read only where its inputs or a promise decide.
 */
import type { RunQuery, RunRecord, RunStore } from '@oatty/engine';
import type { World } from '../world.ts';
import type { PruneDocument, PruneOptions } from './runs.ts';

export async function pruneRuns(
  world: World,
  { olderThanMs = 0, keep = 0, workflowId, inputKeys = [], principal, preview = false }: PruneOptions,
): Promise<PruneDocument> {
  const store = await world.store();
  const now = world.clock.now().getTime();
  const selection = {
    ...(workflowId !== undefined && { workflow_id: workflowId }),
    ...(principal !== undefined && { principal }),
  };
  const old = { ...selection, ended_before: new Date(now - olderThanMs).toISOString(), beyond_newest: keep };
  const removed = new Set<string>();
  for (const with_ttl of [false, true]) {
    for await (const page of pagesOf(store, { ...old, with_ttl })) {
      const mustLook = with_ttl || inputKeys.length > 0;
      const gone = mustLook ? await pickRemovable(store, page, now, inputKeys) : page;
      const going = preview ? store.listRemovable(gone, removed) : store.deleteRuns(gone);
      for (const runId of await going) removed.add(runId);
    }
  }
  const left = await store.countRuns(selection);
  return { removed: removed.size, kept: preview ? left - removed.size : left, run_ids: [...removed] };
}

// --- internal ---

const pageSize = 200;

/** Ids, newest first. Removing what is on a page changes no later one. */
async function* pagesOf(
  store: RunStore,
  query: Omit<RunQuery, 'cursor' | 'limit'>,
): AsyncGenerator<readonly string[]> {
  let cursor: string | undefined;
  do {
    const page = await store.listRuns({ ...query, limit: pageSize, ...(cursor !== undefined && { cursor }) });
    yield page.items.map(({ run_id }) => run_id);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
}

async function pickRemovable(
  store: RunStore,
  runIds: readonly string[],
  now: number,
  inputKeys: readonly string[],
): Promise<readonly string[]> {
  const picked: string[] = [];
  for (const runId of runIds) {
    const record = await store.getRun(runId);
    if (record !== undefined && !isPromised(record, now) && hasOneOf(record, inputKeys)) picked.push(runId);
  }
  return picked;
}

/** P1. A promise for ever (`null`) ends when a person prunes. */
function isPromised({ created_at, ttl_ms }: RunRecord, now: number): boolean {
  return typeof ttl_ms === 'number' && Date.parse(created_at) + ttl_ms > now;
}

/** Whether the run got a value for one of these inputs; any run where none are named. */
function hasOneOf({ inputs }: RunRecord, keys: readonly string[]): boolean {
  return (
    keys.length === 0 || keys.some((key) => Object.hasOwn(inputs, key) && (inputs[key] ?? null) !== null)
  );
}
