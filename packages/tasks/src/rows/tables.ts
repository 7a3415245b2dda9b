/**
 * The tables of the tasks, for SQLite and PostgreSQL.
 *
 *   T1. Every row belongs to a user, whose id begins its key: the rows of one user lie together.
 *   T2. Instants are text in UTC with milliseconds, days are `2026-03-29`; both compare byte by byte.
 *   T3. `change_count` numbers the changes of a user. Whoever changes something raises it first, so that changes of one
 *       user come one after the other.
 */
interface Words {
  readonly text: string;
  readonly clustered: string;
  readonly updated: string;
}

export const tasksTables: {
  readonly name: string;
  readonly migrations: readonly ((words: Words) => readonly string[])[];
} = {
  name: 'tasks',
  migrations: [createTables, describeUsers, createIntegrations, createReads, findChangedUsers],
};

// --- internal ---

/** Who the users are, as far as their tokens say it, and when they last changed something. */
function describeUsers({ text }: Words): readonly string[] {
  return [
    `ALTER TABLE task_users ADD COLUMN name ${text}`,
    `ALTER TABLE task_users ADD COLUMN email ${text}`,
    `ALTER TABLE task_users ADD COLUMN updated_at ${text} NOT NULL DEFAULT ''`,
    'UPDATE task_users SET updated_at = created_at',
  ];
}

function createTables({ text, clustered, updated }: Words): readonly string[] {
  return [
    `CREATE TABLE task_users (
      user_id ${text} NOT NULL PRIMARY KEY,
      principal ${text} NOT NULL UNIQUE,
      time_zone ${text},
      change_count INTEGER NOT NULL DEFAULT 0,
      created_at ${text} NOT NULL
    ) ${updated}`,

    `CREATE TABLE tasks (
      user_id ${text} NOT NULL REFERENCES task_users ON DELETE CASCADE,
      task_id ${text} NOT NULL,
      title ${text} NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
      description ${text},
      status ${text} NOT NULL CHECK (status IN ('pending', 'in_progress', 'completed')),
      priority ${text} NOT NULL CHECK (priority IN ('low', 'medium', 'high')),
      due_at ${text},
      due_day ${text},
      recurrence ${text},
      series ${text},
      created_at ${text} NOT NULL,
      updated_at ${text} NOT NULL,
      started_at ${text},
      completed_at ${text},
      lead_ms DOUBLE PRECISION,
      cycle_ms DOUBLE PRECISION,
      title_folded ${text} NOT NULL,
      search_text ${text} NOT NULL,
      PRIMARY KEY (user_id, task_id),
      CHECK (due_at IS NULL OR due_day IS NULL),
      CHECK ((status = 'completed') = (completed_at IS NOT NULL))
    ) ${updated}`,
    'CREATE INDEX tasks_by_creation ON tasks (user_id, created_at, task_id)',
    'CREATE INDEX tasks_by_status ON tasks (user_id, status)',
    'CREATE INDEX tasks_by_completion ON tasks (user_id, completed_at) WHERE completed_at IS NOT NULL',

    `CREATE TABLE task_audit_log (
      user_id ${text} NOT NULL REFERENCES task_users ON DELETE CASCADE,
      change_number INTEGER NOT NULL,
      position INTEGER NOT NULL,
      task_id ${text} NOT NULL,
      action ${text} NOT NULL,
      actor ${text} NOT NULL,
      via ${text} NOT NULL,
      run_id ${text},
      changed_at ${text} NOT NULL,
      old_status ${text},
      new_status ${text},
      before_change ${text},
      after_change ${text},
      undoes INTEGER,
      undone_by INTEGER,
      PRIMARY KEY (user_id, change_number, position)
    ) ${clustered}`,
    'CREATE INDEX task_audit_of_task ON task_audit_log (user_id, task_id, change_number)',
    `CREATE INDEX task_audit_to_undo ON task_audit_log (user_id, change_number)
      WHERE undoes IS NULL AND undone_by IS NULL`,

    `CREATE TABLE task_idempotency_keys (
      user_id ${text} NOT NULL REFERENCES task_users ON DELETE CASCADE,
      idempotency_key ${text} NOT NULL,
      fingerprint ${text} NOT NULL,
      result ${text} NOT NULL,
      created_at ${text} NOT NULL,
      PRIMARY KEY (user_id, idempotency_key)
    ) ${clustered}`,
    'CREATE INDEX task_idempotency_keys_by_age ON task_idempotency_keys (user_id, created_at)',

    `CREATE TABLE task_previews (
      user_id ${text} NOT NULL REFERENCES task_users ON DELETE CASCADE,
      token ${text} NOT NULL,
      filter ${text} NOT NULL,
      change ${text} NOT NULL,
      time_zone ${text} NOT NULL,
      matching ${text} NOT NULL,
      previewed_at ${text} NOT NULL,
      PRIMARY KEY (user_id, token)
    ) ${clustered}`,
  ];
}

/** Whoever looks for events asks twice a second who has changed something lately. */
function findChangedUsers(): readonly string[] {
  return ['CREATE INDEX task_users_by_change ON task_users (updated_at)'];
}

/** What admins have read of a user. */
function createReads({ text, clustered }: Words): readonly string[] {
  return [
    `CREATE TABLE task_reads (
      user_id ${text} NOT NULL REFERENCES task_users ON DELETE CASCADE,
      read_id ${text} NOT NULL,
      reader ${text} NOT NULL,
      command ${text} NOT NULL,
      task_id ${text},
      via ${text} NOT NULL,
      run_id ${text},
      read_at ${text} NOT NULL,
      PRIMARY KEY (user_id, read_id)
    ) ${clustered}`,
  ];
}

/**
 * What users have set up, and what was made through it. Secrets are named in the settings, never kept.
 * A row of `task_deliveries` is there before anything leaves.
 */
function createIntegrations({ text, clustered, updated }: Words): readonly string[] {
  return [
    `CREATE TABLE task_integrations (
      user_id ${text} NOT NULL REFERENCES task_users ON DELETE CASCADE,
      name ${text} NOT NULL,
      kind ${text} NOT NULL,
      settings ${text} NOT NULL,
      is_shared INTEGER NOT NULL CHECK (is_shared IN (0, 1)),
      created_at ${text} NOT NULL,
      PRIMARY KEY (user_id, name)
    ) ${clustered}`,
    'CREATE INDEX task_integrations_shared ON task_integrations (name) WHERE is_shared = 1',

    `CREATE TABLE task_deliveries (
      user_id ${text} NOT NULL REFERENCES task_users ON DELETE CASCADE,
      delivery_key ${text} NOT NULL,
      delivery_id ${text} NOT NULL,
      integration ${text} NOT NULL,
      action ${text} NOT NULL,
      task_id ${text},
      fingerprint ${text} NOT NULL,
      status ${text} NOT NULL CHECK (status IN ('sending', 'sent', 'failed', 'unknown')),
      links ${text},
      details ${text},
      error ${text},
      actor ${text} NOT NULL,
      via ${text} NOT NULL,
      run_id ${text},
      created_at ${text} NOT NULL,
      started_at ${text} NOT NULL,
      finished_at ${text},
      PRIMARY KEY (user_id, delivery_key)
    ) ${updated}`,
    'CREATE UNIQUE INDEX task_deliveries_by_id ON task_deliveries (user_id, delivery_id)',
    'CREATE INDEX task_deliveries_by_age ON task_deliveries (user_id, created_at) WHERE task_id IS NULL',
  ];
}
