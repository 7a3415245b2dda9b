/**
 * One change of a user's tasks: what it writes, it writes into the trail too.
 *
 *   H1. A row and its audit entry are written together; what changes nothing leaves no entry.
 *   H2. What was done under an idempotency key is not done again: the same request gets the same answer, another one is
 *       refused.
 */
import { OattyError } from '@oatty/types';
import type { HandlerContext } from '@oatty/types';
import type { Work } from '@oatty/types/sql';
import { digest } from '../list/cursor.ts';
import { insertAudit } from '../rows/audit-rows.ts';
import { createId } from '../rows/create-id.ts';
import { findKey, insertKey } from '../rows/key-rows.ts';
import { deleteTask, findTask, insertTask, updateTask } from '../rows/task-rows.ts';
import type { User } from '../rows/user-rows.ts';
import { requireTask } from '../task-not-found.ts';
import { createTask } from '../task.ts';
import type { Task, TaskChange } from '../task.ts';
import { decideUpdate } from './decide-update.ts';
import type { ZonedNow } from '../time/zoned-now.ts';

export interface ChangeStart {
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

  /** For a new task; those of one change are in order. */
  createId(): string {
    return createId(new Date(this.at.now), this.#entries);
  }

  /** @throws {OattyError} `TASK_NOT_FOUND` */
  *read(taskId: string): Work<Task> {
    return requireTask(yield* findTask(this.user.user_id, taskId), taskId);
  }

  /** @throws {OattyError} `TASK_NOT_FOUND` */
  *update(taskId: string, change: TaskChange): Work<Update> {
    const before = yield* this.read(taskId);
    const { after, next: planned } = decideUpdate(before, change, this.at);
    if (after !== before) yield* this.write(before, after);
    if (planned === undefined) return { before, after, next: null };
    const next = createTask({ ...planned, task_id: this.createId() }, this.at.now);
    yield* this.write(null, next);
    return { before, after, next };
  }

  /** H1. From nothing: creates. To nothing: deletes. */
  *write(before: Task | null, after: Task | null, undoes: number | null = null): Work<void> {
    const task = after ?? before;
    if (task === null) return;
    const { user_id } = this.user;
    if (after === null) yield* deleteTask(user_id, task.task_id);
    else if (before === null) yield* insertTask(user_id, after);
    else yield* updateTask(user_id, after);
    const entry = {
      change_number: this.#number,
      position: this.#entries,
      task_id: task.task_id,
      action: before === null ? 'create' : after === null ? 'delete' : 'update',
      before,
      after,
      undoes,
    } as const;
    this.#entries += 1;
    yield* insertAudit(user_id, entry, { context: this.#context, now: this.at.now });
  }

  /**
   * H2
   *
   * @param work - gives plain JSON
   * @throws {OattyError} `TASK_CONFLICT` when something else was asked for under this key
   */
  *once<Result>(key: string, request: unknown, work: () => Work<Result>): Work<Once<Result>> {
    const { user_id } = this.user;
    const fingerprint = digest(request);
    const done = yield* findKey(user_id, key);
    if (done === undefined) {
      const result = yield* work();
      yield* insertKey(
        user_id,
        { idempotency_key: key, fingerprint, result: JSON.stringify(result) },
        this.at.now,
      );
      return { result, isRepeated: false };
    }
    if (done.fingerprint === fingerprint) {
      return { result: JSON.parse(done.result) as Result, isRepeated: true }; // written above
    }
    throw new OattyError('TASK_CONFLICT', 'Something else was asked for under this idempotency key.', {
      suggestedAction: 'Use a new key for a new request, and the same request with the same key.',
      context: { idempotency_key: key.slice(key.indexOf(':') + 1) },
    });
  }
}

export interface Update {
  readonly before: Task;
  readonly after: Task;
  /** Of a recurring task that was completed. */
  readonly next: Task | null;
}

export interface Once<Result> {
  readonly result: Result;
  /** It was done before; this is what was answered then. */
  readonly isRepeated: boolean;
}
