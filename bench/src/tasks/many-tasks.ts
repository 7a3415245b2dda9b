/** A thousand users with a thousand tasks each, and how long lists and reports of one of them take. */
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { openJournal } from '@oatty/store';
import { join, sql } from '@oatty/types/sql';
import type { Sql } from '@oatty/types/sql';
import { median, timeOf } from '../compare.ts';

const users = 1_000;
const tasksEach = 1_000;

export interface Place {
  readonly stateFile: string;
  readonly databaseUrl?: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Written past the commands: that is all that these tasks are for. */
export async function fillTasks({ stateFile, databaseUrl, env }: Place): Promise<void> {
  const oatty = await createOatty({ env });
  await oatty.catalogs.setEnabled('tasks', true);
  await oatty.commands.run('tasks create', { with: { title: 'Makes the tables' } });
  await oatty.close();
  const journal = await openJournal({ stateFile, ...(databaseUrl !== undefined && { databaseUrl }) });
  const database = await journal.openTables({ name: 'nothing', migrations: [] });
  for (let user = 0; user < users; user += 1) {
    await database.transact(function* () {
      yield sql`INSERT INTO task_users (user_id, principal, change_count, created_at, updated_at)
        VALUES (${toUserId(user)}, ${toPrincipal(user)}, ${tasksEach}, ${instant(0)}, ${instant(0)})`;
      if (user === 0) for (let task = 0; task < tasksEach; task += 1) yield insertTask(task);
      else yield copyTasks(toUserId(user));
    });
  }
  await database.run(function* () {
    yield sql`ANALYZE`;
  });
  await journal.close();
}

/** @returns milliseconds at the median, by question */
export async function timeQuestions(oatty: Oatty): Promise<Readonly<Record<string, number>>> {
  const questions: Readonly<Record<string, readonly [string, object]>> = {
    'a page of all tasks': ['tasks list', {}],
    'overdue ones by due time': ['tasks list', { overdue: true, sort: 'due' }],
    'a text in them': ['tasks list', { text: 'number 7', sort: 'title' }],
    'a report of 90 days': ['tasks reports:generate', { from: day(0), to: day(90) }],
  };
  const timed: Record<string, number> = {};
  for (const [name, [command, args]] of Object.entries(questions)) {
    const times: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      const caller = { principal: toPrincipal((round * 37) % users), via: 'library' as const };
      times.push(
        await timeOf(async () => void (await oatty.commands.run(command, { with: { ...args }, caller }))),
      );
    }
    timed[name] = median(times);
  }
  return timed;
}

// --- internal ---

const columns = `task_id, title, description, status, priority, due_at, due_day, created_at, updated_at, started_at,
  completed_at, lead_ms, cycle_ms, title_folded, search_text`;

const hourMs = 3_600_000;
const start = Date.parse('2026-07-01T08:00:00.000Z');

/** Two hours apart; a third is completed a day later, a third is begun. */
function insertTask(task: number): Sql {
  const hour = task * 2;
  const title = `Task number ${task}`;
  const [status, startedAt, completedAt] = (
    [
      ['pending', null, null],
      ['in_progress', instant(hour + 4), null],
      ['completed', instant(hour + 4), instant(hour + 24)],
    ] as const
  )[task % 3] ?? ['pending', null, null];
  const values = [
    toUserId(0),
    `0198a000-0000-7000-8000-${String(task).padStart(12, '0')}`,
    title,
    'What is to be done is written down here, in a sentence or two.',
    status,
    ['low', 'medium', 'high'][(task % 7) % 3] ?? 'low',
    null,
    task % 2 === 0 ? day(Math.floor(hour / 24) + 10) : null,
    instant(hour),
    instant(hour),
    startedAt,
    completedAt,
    completedAt === null ? null : 24 * hourMs,
    completedAt === null ? null : 20 * hourMs,
    title.toLowerCase(),
    title.toLowerCase(),
  ];
  return sql`INSERT INTO tasks (user_id, ${text(columns)}) VALUES (${join(
    values.map((value) => sql`${value}`),
    ', ',
  )})`;
}

/** A key is a user and a task: the tasks of others may have the same ids. */
function copyTasks(userId: string): Sql {
  return sql`INSERT INTO tasks (user_id, ${text(columns)})
    SELECT ${userId}, ${text(columns)} FROM tasks WHERE user_id = ${toUserId(0)}`;
}

function text(words: string): Sql {
  return join([sql``, sql``], words);
}

function toUserId(user: number): string {
  return `0198a000-0000-7000-9000-${String(user).padStart(12, '0')}`;
}

function toPrincipal(user: number): string {
  return `user-${user}`;
}

function instant(hour: number): string {
  return new Date(start + hour * hourMs).toISOString();
}

function day(days: number): string {
  return instant(days * 24).slice(0, 10);
}
