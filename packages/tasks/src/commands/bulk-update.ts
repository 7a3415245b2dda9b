/**
 * Several tasks changed in one call: those that are named, or those that a filter finds.
 *
 *   B1. Named ones are changed at once, each by itself; one that is not there does not keep the others from it.
 *   B2. By filter it takes two calls. The first one changes nothing: it tells how many match, shows some, and gives a
 *       token. The second one, with the token alone, makes the change.
 *   B3. A token belongs to its user, filter, change and to the very tasks that matched, as they were; it holds for ten
 *       minutes and once. When one of them was changed meanwhile, nothing is changed.
 *   B4. An empty filter is refused: it would mean everything.
 */
import { defineCommand, OattyError } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import { sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import * as z from 'zod';
import type { Change } from '../changes/change.ts';
import { itemErrorSchema, toItemError } from '../changes/item-error.ts';
import { makeChange } from '../changes/make-change.ts';
import { changeShape, readChange } from '../changes/read-change.ts';
import { toConditions } from '../list/conditions.ts';
import { digest } from '../list/cursor.ts';
import { filterSchema, isEmptyFilter, readFilter } from '../list/filter.ts';
import type { Filter } from '../list/filter.ts';
import type { TasksPorts } from '../ports.ts';
import { insertPreview, takePreview } from '../rows/preview-rows.ts';
import { selectTasks } from '../rows/task-rows.ts';
import {
  changeNumberSchema,
  plainTextSchema,
  taskIdSchema,
  taskSchema,
  timeZoneSchema,
} from '../schemas/task-schemas.ts';
import { toTaskDocument } from '../task-document.ts';
import type { Task } from '../task.ts';
import { toZonedNow } from '../time/zoned-now.ts';
import type { ZonedNow } from '../time/zoned-now.ts';

const fieldsSchema = z.object(changeShape);
type Fields = z.infer<typeof fieldsSchema>;

const resultSchema = z.object({
  task_id: z.string(),
  outcome: z.enum(['changed', 'unchanged', 'failed']),
  task: taskSchema.optional().describe('As it is now; not after a token, which may change many.'),
  error: itemErrorSchema.optional(),
});
type ItemResult = z.infer<typeof resultSchema>;

export function bulkUpdateCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Change up to 100 named tasks, or in two steps all that a filter finds.',
    description:
      'With task_ids and set, the tasks are changed, with a result for each. With filter and set, nothing is changed: the answer has the count, a sample and a token; show them to the person, then call again with the token alone.',
    effect: 'standard',
    tags: ['tasks', 'todo', 'edit', 'batch', 'complete'],
    input: z.object({
      task_ids: z.array(taskIdSchema).min(1).max(100).optional(),
      filter: filterSchema.optional().describe('As tasks list takes it; not empty.'),
      set: fieldsSchema.optional().describe('The fields to change, as tasks update takes them.'),
      token: plainTextSchema
        .max(100)
        .optional()
        .describe('Of a preview: makes the change that it has shown.'),
      time_zone: timeZoneSchema.optional(),
    }),
    output: z.object({
      status: z.enum(['preview', 'done']),
      matched: z.int(),
      sample: z.array(taskSchema).describe('In a preview: some of the tasks, as they are.'),
      token: z.string().nullable().describe('In a preview: what makes the change.'),
      expires_at: z.string().nullable(),
      results: z.array(resultSchema),
      changed: z.int(),
      failed: z.int(),
      change: changeNumberSchema,
    }),
    listPath: 'results',
    async handler({ time_zone: timeZone, ...input }, context) {
      const request = { context, command: 'bulk:update', input, timeZone };
      const work = chooseWork(input);
      return makeChange(ports, request, work);
    },
  });
}

// --- internal ---

const maxMatched = 1_000;
const sampleSize = 5;
const tokenLifeMs = 10 * 60_000;

interface Input {
  readonly task_ids?: readonly string[] | undefined;
  readonly filter?: Filter | undefined;
  readonly set?: Fields | undefined;
  readonly token?: string | undefined;
}

function chooseWork({ task_ids, filter, set, token }: Input): (change: Change) => Work<Answer> {
  const hasFields = set !== undefined && Object.keys(set).length > 0;
  if (task_ids !== undefined && hasFields && filter === undefined && token === undefined) {
    return (change) => changeTasks(change, { taskIds: [...new Set(task_ids)], set, at: change.at });
  }
  if (filter !== undefined && hasFields && task_ids === undefined && token === undefined) {
    return (change) => preview(change, filter, set);
  }
  if (token !== undefined && task_ids === undefined && filter === undefined && set === undefined) {
    return (change) => commit(change, token);
  }
  throw new OattyError('ARGUMENT_INVALID', 'It is not clear which tasks are to be changed, or how.', {
    suggestedAction: 'Give task_ids and set; or filter and set, and then the token of the answer alone.',
  });
}

interface Answer {
  readonly status: 'preview' | 'done';
  readonly matched: number;
  readonly sample: ReturnType<typeof toTaskDocument>[];
  readonly token: string | null;
  readonly expires_at: string | null;
  readonly results: ItemResult[];
  readonly changed: number;
  readonly failed: number;
  readonly change: number | null;
}

interface NamedChange {
  readonly taskIds: readonly string[];
  readonly set: Fields;
  /** By whose clocks times of `set` are meant. */
  readonly at: ZonedNow;
  /** The answer names the tasks and does not show them: there may be many. */
  readonly isBrief?: boolean;
}

/** B1 */
function* changeTasks(change: Change, { taskIds, set, at, isBrief = false }: NamedChange): Work<Answer> {
  const fields = readChange(set, at);
  const results: ItemResult[] = [];
  for (const task_id of taskIds) {
    try {
      const { before, after } = yield* change.update(task_id, fields);
      const outcome = after === before ? 'unchanged' : 'changed';
      results.push({ task_id, outcome, ...(!isBrief && { task: toTaskDocument(after, change.at) }) });
    } catch (thrown) {
      results.push({ task_id, outcome: 'failed', error: toItemError(thrown) });
    }
  }
  const count = (wanted: ItemResult['outcome']) => results.filter(({ outcome }) => outcome === wanted).length;
  return {
    status: 'done',
    matched: results.length - count('failed'),
    sample: [],
    token: null,
    expires_at: null,
    results,
    changed: count('changed'),
    failed: count('failed'),
    change: change.number,
  };
}

/** B2, B4 */
function* preview({ user, at }: Change, given: Filter, set: Fields): Work<Answer> {
  const filter = readFilter(given, at);
  if (isEmptyFilter(filter)) {
    throw new OattyError('ARGUMENT_INVALID', 'An empty filter would change every task.', {
      suggestedAction: 'Say in the filter which tasks are meant.',
    });
  }
  readChange(set, at); // a date that there is not is told now
  const tasks = yield* findMatching(user.user_id, filter, at);
  const token = globalThis.crypto.randomUUID();
  const row = {
    token,
    filter: JSON.stringify(filter),
    change: JSON.stringify(set),
    time_zone: at.zoneName,
    matching: digest(tasks),
    previewed_at: at.now,
  };
  yield* insertPreview(user.user_id, row, oldestPreview(at));
  return {
    status: 'preview',
    matched: tasks.length,
    sample: tasks.slice(0, sampleSize).map((task) => toTaskDocument(task, at)),
    token,
    expires_at: new Date(Date.parse(at.now) + tokenLifeMs).toISOString(),
    results: [],
    changed: 0,
    failed: 0,
    change: null,
  };
}

/** B3. What is overdue is what was overdue when it was shown. */
function* commit(change: Change, token: string): Work<Answer> {
  const { user, at } = change;
  const shown = yield* takePreview(user.user_id, token, oldestPreview(at));
  if (shown === undefined) throw toStale('This token is not known, was used, or is older than ten minutes.');
  const then = toZonedNow(shown.previewed_at, shown.time_zone);
  const tasks = yield* findMatching(user.user_id, JSON.parse(shown.filter) as Filter, then); // written by `preview`
  if (digest(tasks) !== shown.matching)
    throw toStale('The tasks that match have changed since they were shown.');
  const taskIds = tasks.map(({ task_id }) => task_id);
  const set = JSON.parse(shown.change) as Fields; // as above
  return yield* changeTasks(change, { taskIds, set, at: then, isBrief: true });
}

function* findMatching(userId: string, filter: Filter, at: ZonedNow): Work<readonly Task[]> {
  const tasks = yield* selectTasks(
    userId,
    sql`${toConditions(filter, at)} ORDER BY task_id LIMIT ${maxMatched + 1}`,
  );
  if (tasks.length <= maxMatched) return tasks;
  throw new OattyError('LIMIT_EXCEEDED', `More than ${maxMatched} tasks match.`, {
    suggestedAction: 'Narrow the filter, and change them in parts.',
    context: { limit: maxMatched },
  });
}

function oldestPreview({ now }: ZonedNow): string {
  return new Date(Date.parse(now) - tokenLifeMs).toISOString();
}

function toStale(message: string): OattyError {
  return new OattyError('TASK_CONFLICT', message, {
    suggestedAction: 'Ask for a preview again with filter and set.',
  });
}
