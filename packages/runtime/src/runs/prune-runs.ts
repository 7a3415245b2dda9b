/**
 * Removes old runs from the journal.
 *
 *   P1. A run that has not ended is never removed, nor one whose result was promised to a client for longer (`ttl_ms`).
 *   P2. Of each workflow the newest `keep` runs stay, whatever their age.
 */
import { isTerminal } from '@oatty/types';
import type { RunRecord, RunStore } from '@oatty/engine';
import type { RunSummary } from '@oatty/types';
import type { World } from '../world.ts';
import type { PruneDocument, PruneOptions } from './runs.ts';

export async function pruneRuns(
  world: World,
  { olderThanMs = 0, keep = 0, workflowId, inputKeys = [], principal, preview = false }: PruneOptions,
): Promise<PruneDocument> {
  const store = await world.store();
  const now = world.clock.now().getTime();
  const cutoff = new Date(now - olderThanMs).toISOString();
  // What is young counts only where the newest are to stay.
  const endedBefore = keep === 0 && olderThanMs > 0 ? cutoff : undefined;
  const seen = new Map<string, number>();
  const old: string[] = [];
  let kept = 0;
  for await (const run of listAll(store, { workflowId, principal, endedBefore })) {
    const nth = (seen.get(run.workflow_id) ?? 0) + 1;
    seen.set(run.workflow_id, nth);
    const isOld = isTerminal(run.status) && (run.finished_at ?? run.created_at) < cutoff && nth > keep;
    if (isOld && (await mayGo(store, run.run_id, now, inputKeys))) old.push(run.run_id);
    else kept += 1;
  }
  const removed = preview ? old : await removeAll(store, old);
  return { removed: removed.length, kept: kept + old.length - removed.length, run_ids: removed };
}

// --- internal ---

const pageSize = 200;

interface Listing {
  readonly workflowId: string | undefined;
  readonly principal: string | undefined;
  readonly endedBefore: string | undefined;
}

/** Newest first. */
async function* listAll(
  store: RunStore,
  { workflowId, principal, endedBefore }: Listing,
): AsyncGenerator<RunSummary> {
  let cursor: string | undefined;
  do {
    const page = await store.listRuns({
      limit: pageSize,
      ...(workflowId !== undefined && { workflow_id: workflowId }),
      ...(principal !== undefined && { principal }),
      ...(endedBefore !== undefined && { ended_before: endedBefore }),
      ...(cursor !== undefined && { cursor }),
    });
    yield* page.items;
    cursor = page.next_cursor;
  } while (cursor !== undefined);
}

/** P1. With keys, only a run that got a value for one of these inputs. */
async function mayGo(
  store: RunStore,
  runId: string,
  now: number,
  inputKeys: readonly string[],
): Promise<boolean> {
  const record = await store.getRun(runId);
  if (record === undefined || isPromised(record, now)) return false;
  if (inputKeys.length === 0) return true;
  return inputKeys.some((key) => Object.hasOwn(record.inputs, key) && (record.inputs[key] ?? null) !== null);
}

/** A promise for ever (`null`) ends when a person prunes. */
function isPromised({ created_at, ttl_ms }: RunRecord, now: number): boolean {
  return typeof ttl_ms === 'number' && Date.parse(created_at) + ttl_ms > now;
}

async function removeAll(store: RunStore, runIds: readonly string[]): Promise<readonly string[]> {
  const removed: string[] = [];
  for (let start = 0; start < runIds.length; start += pageSize) {
    removed.push(...(await store.deleteRuns(runIds.slice(start, start + pageSize))));
  }
  return removed;
}
