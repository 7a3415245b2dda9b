/**
 * The tables of the journal, for both databases.
 *
 *   T1. Values are JSON text; a long one is kept once in `blobs` and named here by its hash (`values/kept-text.ts`).
 *   T2. What every write touches (`runs`) is small; what is written once (`run_documents`) stands apart.
 *   T3. `free_from` says from when on anybody may carry a run on; it is empty for a run that nobody should.
 *   T4. Each question that is asked often has an index that answers it: listing, taking over, the steps of a run.
 */
export interface Dialect {
  /** Text that compares byte by byte. */
  readonly text: string;
  readonly bytes: string;
  /** Follows a table whose rows lie in the order of their key; where rows are only added, it costs more pages a write. */
  readonly clustered: string;
  /** Follows a table whose rows are changed again and again. */
  readonly updated: string;
  /** A number of 64 bits. */
  readonly bigint: string;
  /** Gives a run its number (`runs/row-keys.ts`). */
  readonly nextRunNo: string;
  /** Makes what `nextRunNo` asks, where that is not the table of the runs itself. */
  readonly runCounter: readonly string[];
  /** Lets one of those who ask go on, the others when its transaction has ended; where a transaction alone does not. */
  readonly lock?: string;
}

export function createTables({ text, bytes, clustered, updated }: Dialect): readonly string[] {
  return [
    `CREATE TABLE runs (
      run_id ${text} NOT NULL PRIMARY KEY,
      workflow_id ${text} NOT NULL,
      status ${text} NOT NULL,
      principal ${text} NOT NULL,
      parent_run_id ${text},
      resumed_from ${text},
      has_ttl INTEGER NOT NULL,
      created_at ${text} NOT NULL,
      started_at ${text},
      finished_at ${text},
      due_at ${text},
      cancel_requested INTEGER NOT NULL DEFAULT 0,
      lease_owner ${text},
      lease_until ${text},
      event_count INTEGER NOT NULL DEFAULT 0,
      commit_count INTEGER NOT NULL DEFAULT 0,
      question_count INTEGER NOT NULL DEFAULT 0,
      free_from ${text} GENERATED ALWAYS AS (
        CASE
          WHEN parent_run_id IS NOT NULL OR status IN ('succeeded', 'failed', 'canceled') THEN NULL
          WHEN status = 'waiting' AND cancel_requested = 0 AND lease_until > due_at THEN lease_until
          WHEN status = 'waiting' AND cancel_requested = 0 THEN due_at
          ELSE COALESCE(lease_until, '')
        END
      ) STORED
    ) ${updated}`,
    'CREATE INDEX runs_free ON runs (free_from) WHERE free_from IS NOT NULL',
    'CREATE INDEX runs_of_parent ON runs (parent_run_id) WHERE parent_run_id IS NOT NULL',
    'CREATE INDEX runs_all ON runs (created_at, run_id)',
    ...['', 'status', 'workflow_id', 'workflow_id, status', 'principal'].map(createListIndex),
    'CREATE INDEX runs_with_ttl ON runs (principal, created_at, run_id) WHERE has_ttl = 1 AND parent_run_id IS NULL',

    `CREATE TABLE run_documents (
      run_id ${text} NOT NULL PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
      fixed ${text} NOT NULL,
      workflow ${text} NOT NULL,
      operation ${text},
      inputs ${text} NOT NULL,
      incomplete ${text},
      commands ${text},
      confirmed_plan ${text},
      final_output ${text},
      error ${text}
    ) ${clustered}`,

    `CREATE TABLE commits (
      run_id ${text} NOT NULL REFERENCES runs ON DELETE CASCADE,
      step_id ${text} NOT NULL,
      item INTEGER NOT NULL,
      position INTEGER NOT NULL,
      result ${text} NOT NULL,
      output ${text},
      request ${text},
      PRIMARY KEY (run_id, step_id, item)
    )`,

    `CREATE TABLE marks (
      run_id ${text} NOT NULL REFERENCES runs ON DELETE CASCADE,
      step_id ${text} NOT NULL,
      item INTEGER NOT NULL,
      mark ${text} NOT NULL,
      PRIMARY KEY (run_id, step_id, item)
    ) ${clustered}`,

    `CREATE TABLE events (
      run_id ${text} NOT NULL REFERENCES runs ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      at ${text} NOT NULL,
      body ${text} NOT NULL,
      output ${text},
      PRIMARY KEY (run_id, seq)
    )`,

    `CREATE TABLE questions (
      run_id ${text} NOT NULL REFERENCES runs ON DELETE CASCADE,
      question_id ${text} NOT NULL,
      position INTEGER NOT NULL,
      question ${text} NOT NULL,
      asked_at ${text} NOT NULL,
      answer ${text},
      answered_at ${text},
      answered_by ${text},
      PRIMARY KEY (run_id, question_id)
    ) ${clustered}`,

    `CREATE TABLE blobs (hash ${text} NOT NULL PRIMARY KEY, bytes ${bytes} NOT NULL)`,
    `CREATE TABLE blob_uses (
      run_id ${text} NOT NULL REFERENCES runs ON DELETE CASCADE,
      hash ${text} NOT NULL REFERENCES blobs,
      PRIMARY KEY (run_id, hash)
    ) ${clustered}`,
    'CREATE INDEX blob_uses_by_hash ON blob_uses (hash)',
  ];
}

/** An event that tells of a step refers to its commit (E4 of `runs/entry-rows.ts`). */
export function referToCommits({ text }: Dialect): readonly string[] {
  return [`ALTER TABLE events ADD COLUMN step_id ${text}`];
}

/** Whether later runs carry on from one that is to be removed. */
export function indexResumptions(): readonly string[] {
  return ['CREATE INDEX runs_resumed ON runs (resumed_from) WHERE resumed_from IS NOT NULL'];
}

// --- internal ---

/** Listings leave sub-workflows out unless they are asked for; the order is newest first. */
function createListIndex(columns: string): string {
  const name = ['runs', ...columns.split(', ').filter(Boolean), 'listed'].join('_');
  const prefix = columns === '' ? '' : `${columns}, `;
  return `CREATE INDEX ${name} ON runs (${prefix}created_at, run_id) WHERE parent_run_id IS NULL`;
}
