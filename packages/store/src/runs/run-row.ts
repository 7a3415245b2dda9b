/**
 * A run as two rows: what is looked for and changes often, and the documents.
 *
 * What has no column of its own stands in `fixed`: it never changes after the start.
 */
import type { RunChange, RunRecord } from '@oatty/engine';
import { elapsedMs } from '@oatty/types';
import type { QueuePlace, RunStatus, RunSummary } from '@oatty/types';
import type { KeptText, TextKeeper, TextReader } from '../values/kept-text.ts';

/** What a change may set; `null` is absent. */
export interface ChangeableColumns {
  readonly workflow_id: string | null;
  readonly status: RunStatus;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly due_at: string | null;
}

export type DocumentName = Exclude<keyof RunChange, keyof ChangeableColumns>;

export type DocumentColumns = {
  readonly [Name in DocumentName]: KeptText<Exclude<RunChange[Name], undefined>> | null;
};

export const documentNames = [
  'workflow',
  'operation',
  'inputs',
  'incomplete',
  'commands',
  'confirmed_plan',
  'final_output',
  'error',
] as const satisfies readonly DocumentName[];

/** Never changed after the start. */
type FixedPart = Omit<RunRecord, DocumentName | keyof ChangeableColumns | 'queue' | 'claimed_at'>;

export type QueueLimits = Pick<QueuePlace, 'concurrency' | 'worker_concurrency' | 'rate'>;

interface QueueColumns {
  readonly queue: string | null;
  readonly queue_priority: number | null;
  readonly queue_key: string | null;
  /** JSON of `QueueLimits`; `null` when there are none. */
  readonly queue_limits: string | null;
  readonly claimed_at: string | null;
}

export interface SummaryRow extends ChangeableColumns {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly resumed_from: string | null;
  readonly queue: string | null;
  readonly created_at: string;
}

export interface RunRow extends ChangeableColumns, DocumentColumns, QueueColumns {
  readonly workflow_id: string;
  readonly workflow: KeptText<RunRecord['workflow']>;
  readonly inputs: KeptText<RunRecord['inputs']>;
  readonly fixed: KeptText<FixedPart>;
}

export interface NewRun {
  readonly record: RunRecord;
  readonly columns: ChangeableColumns;
  readonly documents: DocumentColumns;
  readonly fixed: KeptText<FixedPart>;
}

export function toNewRun(record: RunRecord, keeper: TextKeeper): NewRun {
  return {
    record,
    columns: toColumns(record),
    documents: toDocuments(record, keeper),
    fixed: keeper.keep(fixedPart(record)),
  };
}

export function toColumns(change: RunChange): ChangeableColumns {
  const { workflow_id, status, started_at, finished_at, due_at } = change;
  return {
    workflow_id: workflow_id ?? null,
    status,
    started_at: started_at ?? null,
    finished_at: finished_at ?? null,
    due_at: due_at ?? null,
  };
}

export function toDocuments(change: RunChange, keeper: TextKeeper): DocumentColumns {
  const keep = <Value>(value: Value | undefined): KeptText<Value> | null => {
    return value === undefined ? null : keeper.keep(value);
  };
  return {
    workflow: keep(change.workflow),
    operation: keep(change.operation),
    inputs: keep(change.inputs),
    incomplete: keep(change.incomplete),
    commands: keep(change.commands),
    confirmed_plan: keep(change.confirmed_plan),
    final_output: keep(change.final_output),
    error: keep(change.error),
  };
}

export function toRecord(row: RunRow, reader: TextReader): RunRecord {
  const { workflow_id, status, started_at, finished_at, due_at } = row;
  const { operation, incomplete, commands, confirmed_plan, final_output, error } = row;
  return {
    ...reader.read(row.fixed),
    workflow_id,
    status,
    workflow: reader.read(row.workflow),
    ...(operation !== null && { operation: reader.read(operation) }),
    inputs: reader.read(row.inputs),
    ...(incomplete !== null && { incomplete: reader.read(incomplete) }),
    ...(commands !== null && { commands: reader.read(commands) }),
    ...(confirmed_plan !== null && { confirmed_plan: reader.read(confirmed_plan) }),
    ...(final_output !== null && { final_output: reader.read(final_output) }),
    ...(error !== null && { error: reader.read(error) }),
    ...(started_at !== null && { started_at }),
    ...(finished_at !== null && { finished_at }),
    ...(due_at !== null && { due_at }),
    ...toQueue(row),
  };
}

export function toLimits(text: string | null): QueueLimits {
  return text === null ? {} : (JSON.parse(text) as QueueLimits); // written by `toLimitsText`
}

export function toLimitsText({ concurrency, worker_concurrency, rate }: QueueLimits): string | null {
  const limits: QueueLimits = {
    ...(concurrency !== undefined && { concurrency }),
    ...(worker_concurrency !== undefined && { worker_concurrency }),
    ...(rate && { rate }),
  };
  return Object.keys(limits).length === 0 ? null : JSON.stringify(limits);
}

export function toSummary(row: SummaryRow): RunSummary {
  const { run_id, workflow_id, status, resumed_from, created_at, started_at, finished_at, due_at } = row;
  const { queue } = row;
  return {
    run_id,
    workflow_id,
    status,
    ...(resumed_from !== null && { resumed_from }),
    ...(queue !== null && { queue }),
    created_at,
    ...(started_at !== null && { started_at }),
    ...(finished_at !== null && { finished_at }),
    ...(started_at !== null && finished_at !== null && { duration_ms: elapsedMs(started_at, finished_at) }),
    ...(due_at !== null && { due_at }),
  };
}

// --- internal ---

function toQueue(row: QueueColumns): Pick<RunRecord, 'queue' | 'claimed_at'> {
  const { queue, queue_priority, queue_key, queue_limits, claimed_at } = row;
  if (queue === null) return {};
  return {
    queue: {
      name: queue,
      priority: queue_priority ?? 0,
      ...(queue_key !== null && { dedup_key: queue_key }),
      ...toLimits(queue_limits),
    },
    ...(claimed_at !== null && { claimed_at }),
  };
}

function fixedPart(record: RunRecord): FixedPart {
  const { workflow_id, status, started_at, finished_at, due_at, queue, claimed_at, ...rest } = record;
  const { workflow, operation, inputs, incomplete, commands, confirmed_plan, final_output, error, ...fixed } =
    rest;
  return fixed;
}
