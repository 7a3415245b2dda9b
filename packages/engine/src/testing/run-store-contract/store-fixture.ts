/** Runs, owners and instants for the tests of stores. */
import type { RunStatus, RunSummary, Workflow } from '@oatty/types';
import type { JournalEntry } from '../../ports/journal-entry.ts';
import type { RunRecord } from '../../ports/run-record.ts';
import type { Lease, RunQuery, RunStore } from '../../ports/run-store.ts';

export const alice = 'owner-alice';
export const bob = 'owner-bob';

/** Seconds after the start of the tests' day: `at(5)` is five seconds past midnight. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
}

export function leaseOf(owner: string, untilSeconds = 60): Lease {
  return { owner, until: at(untilSeconds) };
}

/** What an owner writes: everything at one instant. */
export function entry(parts: Omit<JournalEntry, 'at'> = {}): JournalEntry {
  return { at: at(1), ...parts };
}

const workflow: Workflow = { workflow: 'orders', steps: [{ id: 'list', run: 'shop orders:list' }] };

export function aRun(parts: Partial<RunRecord> = {}): RunRecord {
  const run_id = parts.run_id ?? 'run-1';
  return {
    run_id,
    workflow_id: 'orders',
    status: 'pending',
    root_run_id: run_id,
    workflow,
    inputs: {},
    caller: { principal: 'local', via: 'library' },
    created_at: at(0),
    ...parts,
  };
}

/** A store that holds one pending run, `run-1`, leased to `alice`. */
export async function withRun(store: RunStore, parts: Partial<RunRecord> = {}): Promise<RunStore> {
  await store.createRun(aRun(parts), leaseOf(alice));
  return store;
}

export async function changeStatus(
  store: RunStore,
  from: RunStatus,
  status: RunStatus,
  runId = 'run-1',
): Promise<boolean> {
  return store.changeRun(runId, alice, [from], { status }, entry());
}

/** Every page of a listing, in order. */
export async function allPages(
  store: RunStore,
  query: RunQuery,
): Promise<readonly (readonly RunSummary[])[]> {
  const pages: (readonly RunSummary[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.listRuns({ ...query, ...(cursor !== undefined && { cursor }) });
    pages.push(page.items);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  return pages;
}

export function withCode(code: string): { readonly code: string } {
  return { code };
}
