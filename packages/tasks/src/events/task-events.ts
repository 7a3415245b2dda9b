/**
 * What happens to tasks, for schedules that start runs then.
 *
 *   E1. The trail is where events are read: it is written with the change itself, and the changes of a user are numbered
 *       in the order in which they were made. So nothing is heard twice or not at all, whoever looks, and whenever.
 *   E2. A task is overdue once for each due time, judged in the time zone of its user. Who begins to look hears nothing
 *       of what is overdue already.
 *   E3. Taking a change back is no event.
 */
import type { EventTiming, TaskEventKind } from '@oatty/types';
import type { TasksPorts } from '../ports.ts';
import { readChangeCounts, readChangedSince, readUserWithCount } from '../rows/user-rows.ts';
import type { TaskDocument } from '../task-document.ts';
import { toUserTime } from '../time/user-time.ts';
import { readChanges } from './read-changes.ts';
import { readOverdue } from './read-overdue.ts';
import { fromSeenText, toSeenText } from './seen.ts';

export interface TaskEvent {
  /** Of this event and no other one of the user. */
  readonly key: string;
  readonly at: string;
  /** The run whose change it was. */
  readonly runId: string | null;
  readonly task: TaskDocument;
}

export interface EventPage {
  /** The oldest first. */
  readonly events: readonly TaskEvent[];
  readonly seen: string;
  /** There may be more right now. */
  readonly hasMore: boolean;
  /** When something happens though nobody changes anything. */
  readonly next?: string;
}

export interface TaskEvents {
  /** From now on. */
  begin(principal: string): Promise<string>;
  /**
   * Whose tasks have changed since then, as far as clocks of machines agree.
   *
   * @returns `undefined` when they are many
   */
  listChanged(since: Date): Promise<readonly string[] | undefined>;
  /** Which of these have something to look at. */
  findNews<Listener extends EventListener>(listeners: readonly Listener[]): Promise<readonly Listener[]>;
  read(listener: EventListener & { readonly timing: EventTiming }): Promise<EventPage>;
  /** What an event looks like, with a task that there is not. */
  example(timing: EventTiming): TaskEvent;
}

interface EventListener {
  readonly principal: string;
  /** What `begin` or the last page gave. */
  readonly seen: string;
}

export function createTaskEvents(ports: TasksPorts): TaskEvents {
  return {
    async begin(principal) {
      const database = await ports.database();
      const user = await database.run(() => readUserWithCount(principal));
      const { now, today } = toUserTime(ports, user, {});
      return toSeenText({ change: user.change_count, position: null, until: now, day: today });
    },
    async listChanged(since) {
      const database = await ports.database();
      const changed = await database.run(() => readChangedSince(since.toISOString(), maxChanged + 1));
      return changed.length > maxChanged ? undefined : changed;
    },
    async findNews(listeners) {
      const database = await ports.database();
      const principals = [...new Set(listeners.map(({ principal }) => principal))];
      const counts = await database.run(() => readChangeCounts(principals));
      return listeners.filter(
        ({ principal, seen }) => (counts.get(principal) ?? 0) > fromSeenText(seen).change,
      );
    },
    read: (listener) => read(ports, listener),
    example: ({ event }) => example(event),
  };
}

// --- internal ---

/** More are not told apart. */
const maxChanged = 500;

async function read(
  ports: TasksPorts,
  { principal, seen: text, timing }: EventListener & { readonly timing: EventTiming },
): Promise<EventPage> {
  const database = await ports.database();
  const seen = fromSeenText(text);
  const page = await database.run(function* () {
    const user = yield* readUserWithCount(principal);
    const at = toUserTime(ports, user, {});
    return timing.event === 'overdue'
      ? yield* readOverdue({ user, at, seen })
      : yield* readChanges({ user, at, seen, event: timing.event });
  });
  const { priority } = timing;
  return {
    ...page,
    events: page.events.filter(({ task }) => priority === undefined || priority.includes(task.priority)),
    seen: toSeenText(page.seen),
  };
}

function example(event: TaskEventKind): TaskEvent {
  const at = '2026-01-05T09:00:00.000Z';
  const task: TaskDocument = {
    task_id: '00000000-0000-7000-8000-000000000000',
    title: 'Example',
    description: '',
    status: event === 'completed' ? 'completed' : 'pending',
    priority: 'medium',
    due: '2026-01-04',
    recurrence: null,
    overdue: event === 'overdue',
    created_at: at,
    updated_at: at,
    started_at: null,
    completed_at: event === 'completed' ? at : null,
  };
  return { key: '', at, runId: null, task };
}
