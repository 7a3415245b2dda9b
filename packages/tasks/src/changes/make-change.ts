/**
 * One change of a user's tasks: a transaction that numbers itself and leaves its trail.
 *
 *   H1. Changes of one user come one after the other: each begins by raising the number of the user's changes.
 *   H2. A row and its audit entry are written together; what changes nothing leaves no entry.
 */
import type { HandlerContext } from '@oatty/types';
import type { Work } from '@oatty/types/sql';
import type { TasksPorts } from '../ports.ts';
import { insertAudit } from '../rows/audit-rows.ts';
import { deleteTask, findTask, insertTask, updateTask } from '../rows/task-rows.ts';
import { lockUser } from '../rows/user-rows.ts';
import type { User } from '../rows/user-rows.ts';
import { requireTask } from '../task-not-found.ts';
import { applyChange } from '../task.ts';
import type { Task, TaskChange } from '../task.ts';
import { toUserTime } from '../time/user-time.ts';
import type { ZonedNow } from '../time/zoned-now.ts';

export interface ChangeOptions {
  readonly context: HandlerContext;
  readonly timeZone?: string | undefined;
}

/** @param work - what is to be done; it may be asked to begin again, so it keeps nothing of an earlier time */
export async function makeChange<Result>(
  ports: TasksPorts,
  { context, timeZone }: ChangeOptions,
  work: (change: Change) => Work<Result>,
): Promise<Result> {
  const database = await ports.database();
  return database.transact(function* () {
    const now = ports.clock.now();
    const { change_count, ...user } = yield* lockUser(context.caller.principal, now);
    const at = toUserTime(ports, user, { timeZone, now: now.toISOString() });
    return yield* work(new Change({ user, at, context, number: change_count }));
  });
}

interface ChangeStart {
  readonly user: User;
  readonly at: ZonedNow;
  readonly context: HandlerContext;
  readonly number: number;
}

export class Change {
  readonly user: User;
  readonly at: ZonedNow;
  readonly #context: HandlerContext;
  readonly #number: number;
  #entries = 0;

  constructor({ user, at, context, number }: ChangeStart) {
    this.user = user;
    this.at = at;
    this.#context = context;
    this.#number = number;
  }

  /** Its number; `null` when nothing was changed. */
  get number(): number | null {
    return this.#entries === 0 ? null : this.#number;
  }

  *create(task: Task): Work<Task> {
    yield* insertTask(this.user.user_id, task);
    yield* this.#record(null, task);
    return task;
  }

  /** @throws {OattyError} `TASK_NOT_FOUND` */
  *update(taskId: string, change: TaskChange): Work<{ readonly before: Task; readonly after: Task }> {
    const before = requireTask(yield* findTask(this.user.user_id, taskId), taskId);
    const after = applyChange(before, change, this.at.now);
    if (after !== before) yield* this.replace(before, after);
    return { before, after };
  }

  *replace(before: Task, after: Task): Work<void> {
    yield* updateTask(this.user.user_id, after);
    yield* this.#record(before, after);
  }

  /** @throws {OattyError} `TASK_NOT_FOUND` */
  *delete(taskId: string): Work<Task> {
    const before = requireTask(yield* findTask(this.user.user_id, taskId), taskId);
    yield* deleteTask(this.user.user_id, taskId);
    yield* this.#record(before, null);
    return before;
  }

  // --- internal ---

  /** H2 */
  *#record(before: Task | null, after: Task | null): Work<void> {
    const entry = {
      change_number: this.#number,
      position: this.#entries,
      action: before === null ? 'create' : after === null ? 'delete' : 'update',
      task_id: (after ?? before)?.task_id ?? '',
      before,
      after,
    } as const;
    this.#entries += 1;
    yield* insertAudit(this.user.user_id, entry, { context: this.#context, now: this.at.now });
  }
}
