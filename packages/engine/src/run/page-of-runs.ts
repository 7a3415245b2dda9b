/**
 * Filters and pages over summaries of runs that are all at hand.
 *
 * The order is newest first, ties by id; a cursor names the last run of a page, so runs that are added
 * or removed between two pages never shift it.
 */
import { OattyError } from '@oatty/types';
import type { RunSummary } from '@oatty/types';
import type { Page, RunQuery } from '../ports/run-store.ts';

export interface ListedRun {
  readonly summary: RunSummary;
  readonly principal: string;
  readonly parentId: string | undefined;
  readonly hasTtl: boolean;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a cursor that is not one. */
export function pageOfRuns(runs: readonly ListedRun[], query: RunQuery): Page<RunSummary> {
  const after = query.cursor === undefined ? undefined : parseCursor(query.cursor);
  const rest = select(runs, query)
    .filter((summary) => after === undefined || newestFirst(after, summary) < 0)
    .sort(newestFirst);
  const items = rest.slice(0, query.limit);
  const last = items.at(-1);
  if (last === undefined || rest.length <= items.length) return { items };
  return { items, next_cursor: toCursor(last) };
}

export function countOfRuns(runs: readonly ListedRun[], query: Selection): number {
  return select(runs, query).length;
}

// --- internal ---

type Place = Pick<RunSummary, 'created_at' | 'run_id'>;

type Selection = Omit<RunQuery, 'cursor' | 'limit'>;

function select(runs: readonly ListedRun[], query: Selection): readonly RunSummary[] {
  const newest = newestOfEach(runs, query.beyond_newest ?? 0);
  return runs.filter((run) => matches(run, query) && !newest.has(run.summary)).map((run) => run.summary);
}

/** Of each workflow, sub-workflow runs left out. */
function newestOfEach(runs: readonly ListedRun[], count: number): ReadonlySet<RunSummary> {
  if (count === 0) return new Set();
  const summaries = runs.filter(({ parentId }) => parentId === undefined).map(({ summary }) => summary);
  const byWorkflow = Map.groupBy(summaries.toSorted(newestFirst), ({ workflow_id }) => workflow_id);
  return new Set([...byWorkflow.values()].flatMap((ofOne) => ofOne.slice(0, count)));
}

function matches(run: ListedRun, query: Selection): boolean {
  if (query.status !== undefined && run.summary.status !== query.status) return false;
  if (query.workflow_id !== undefined && run.summary.workflow_id !== query.workflow_id) return false;
  if (query.principal !== undefined && run.principal !== query.principal) return false;
  if (query.queue !== undefined && run.summary.queue !== query.queue) return false;
  if (query.with_ttl !== undefined && run.hasTtl !== query.with_ttl) return false;
  const { ended_before } = query;
  if (ended_before !== undefined && !((run.summary.finished_at ?? ended_before) < ended_before)) return false;
  return query.include_children === true || run.parentId === undefined;
}

function newestFirst(first: Place, second: Place): number {
  if (first.created_at !== second.created_at) return first.created_at > second.created_at ? -1 : 1;
  if (first.run_id === second.run_id) return 0;
  return first.run_id > second.run_id ? -1 : 1;
}

function toCursor({ created_at, run_id }: Place): string {
  return encodeURIComponent(JSON.stringify([created_at, run_id]));
}

function parseCursor(cursor: string): Place {
  try {
    const parsed: unknown = JSON.parse(decodeURIComponent(cursor));
    if (Array.isArray(parsed) && typeof parsed[0] === 'string' && typeof parsed[1] === 'string') {
      return { created_at: parsed[0], run_id: parsed[1] };
    }
  } catch {
    // Not JSON, or not an encoded text: the same mistake.
  }
  throw new OattyError('ARGUMENT_INVALID', 'This cursor was not given by a list of runs.', {
    suggestedAction: 'Use the next_cursor of the previous page, or leave it out.',
  });
}
