/**
 * The tasks catalog on a real database, with a hand-set clock.
 *
 * The tests of a file share a database: each world has users of its own, which is what keeps tasks apart anyway.
 */
import { openJournal } from '@oatty/store';
import { createTestDatabase, sharedPostgresUrl } from '@oatty/store/testing';
import { OattyError } from '@oatty/types';
import type { HandlerContext } from '@oatty/types';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createTasksCatalog, tasksTables } from '../src/index.ts';
import type { TasksDatabase, TasksPorts } from '../src/index.ts';
import type { ListedUser } from '../src/rows/user-rows.ts';
import type { TaskDocument } from '../src/task-document.ts';
import { Outbox } from './outbox.ts';
import { Services } from './services.ts';

export type DatabaseKind = 'SQLite' | 'PostgreSQL';

export interface TasksWorld {
  /** The time at which the next call is judged. */
  now: string;
  readonly database: TasksDatabase;
  /** How long was waited, each time; waiting moves `now` on. */
  readonly waits: readonly number[];
  readonly outbox: Outbox;
  readonly services: Services;
  /** Calls a command as a user; `ann` when nobody is named. The answer has passed the output schema. */
  call(name: string, input?: object, options?: CallOptions): Promise<Answer>;
}

interface CallOptions extends Pick<HandlerContext['caller'], 'role' | 'name' | 'email'> {
  readonly as?: string;
  /** As a run gives it. */
  readonly key?: string;
  readonly runId?: string;
  readonly via?: 'library' | 'mcp';
  readonly signal?: AbortSignal;
}

/** What the commands answer; each has some of it. */
interface Answer {
  readonly task: TaskDocument;
  readonly next: TaskDocument | null;
  readonly deleted: TaskDocument;
  readonly tasks: readonly TaskDocument[];
  readonly change: number | null;
  readonly total: number;
  readonly has_more: boolean;
  readonly next_cursor: string | null;
  readonly applied: Readonly<Record<string, unknown>>;
  readonly time_zone: string;
  readonly created: boolean | number;
  readonly results: readonly {
    readonly outcome: string;
    readonly task_id?: string;
    readonly task?: TaskDocument;
    readonly error?: { readonly error_code: string; readonly message: string };
  }[];
  readonly token: string;
  readonly kpis: readonly { readonly kpi: string; readonly value: number | null; readonly unit: string }[];
  readonly by_priority: readonly Counts[];
  readonly by_status: readonly Counts[];
  readonly weeks: readonly Counts[];
  readonly days: readonly Counts[];
  readonly csv: string;
  readonly users: readonly ListedUser[];
  readonly changes: readonly { readonly change: number; readonly action: string }[];
  readonly reads: readonly {
    readonly read_id: string;
    readonly reader: string;
    readonly command: string;
    readonly task_id: string | null;
  }[];
  readonly deliveries: readonly { readonly delivery_id: string }[];
  readonly delivery_id: string;
  readonly repeated: boolean;
  readonly attempts: number;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly integrations: readonly Readonly<Record<string, unknown>>[];
}

/** A row of a report: of what, and its numbers. */
type Counts = Readonly<Record<string, string | number>>;

export const databaseKinds: readonly DatabaseKind[] =
  (await sharedPostgresUrl()) === undefined ? ['SQLite'] : ['SQLite', 'PostgreSQL'];

/** @returns makes a world; its users are nobody else's, but for `local` */
export function openTasksWorlds(kind: DatabaseKind): (now?: string) => TasksWorld {
  let opened: OpenDatabase | undefined;
  let worlds = 0;
  beforeAll(async () => {
    opened = await openDatabase(kind);
  });
  afterAll(() => opened?.close());
  return (now = '2026-03-20T09:00:00.000Z') => {
    if (opened === undefined) throw new TypeError('The database is not open.');
    worlds += 1;
    return aTasksWorld(opened.database, now, `-${worlds}`);
  };
}

// --- internal ---

/** Schedules are tested with those who keep them. */
const noSchedules: TasksPorts['schedules'] = {
  add: () => Promise.reject(new TypeError('No schedule is kept here.')),
  list: async () => [],
  pause: () => Promise.reject(new TypeError('No schedule is kept here.')),
  resume: () => Promise.reject(new TypeError('No schedule is kept here.')),
  remove: () => Promise.reject(new TypeError('No schedule is kept here.')),
};

function aTasksWorld(database: TasksDatabase, now: string, suffix: string): TasksWorld {
  const outbox = new Outbox();
  const services = new Services();
  const waits: number[] = [];
  const { commands } = createTasksCatalog({
    database: async () => database,
    clock: {
      now: () => new Date(world.now),
      async sleep(ms) {
        waits.push(ms);
        world.now = new Date(Date.parse(world.now) + ms).toISOString();
      },
    },
    localTimeZone: 'Europe/Berlin',
    schedules: noSchedules,
    mail: outbox,
    webhooks: services,
    commands: services,
  });

  const world: TasksWorld = {
    now,
    database,
    waits,
    outbox,
    services,
    async call(name, input = {}, { as: principal = 'ann', key, runId, signal, ...person } = {}) {
      const command = commands[name];
      if (command === undefined) throw new TypeError(name);
      const parsed = await command.definition.input.safeParseAsync(input);
      if (!parsed.success) {
        throw new OattyError('ARGUMENT_INVALID', JSON.stringify(parsed.error?.issues));
      }
      const output = await command.handler(parsed.data, {
        caller: {
          principal: principal === 'local' ? principal : principal + suffix,
          via: 'library',
          ...person,
        },
        signal: signal ?? new AbortController().signal,
        ...(key !== undefined && { idempotencyKey: key }),
        ...(runId !== undefined && { runId }),
      });
      const checked = await command.definition.output?.safeParseAsync(JSON.parse(JSON.stringify(output)));
      if (checked?.success !== true) throw new TypeError(JSON.stringify(checked?.error?.issues));
      return checked.data as Answer; // each test knows which command it called
    },
  };
  return world;
}

interface OpenDatabase {
  readonly database: TasksDatabase;
  close(): Promise<void>;
}

async function openDatabase(kind: DatabaseKind): Promise<OpenDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'oatty-tasks-'));
  const server = kind === 'PostgreSQL' ? await sharedPostgresUrl() : undefined;
  const postgres = server === undefined ? undefined : await createTestDatabase(server);
  const journal = await openJournal({
    stateFile: join(directory, 'state.db'),
    ...(postgres !== undefined && { databaseUrl: postgres.url }),
  });
  return {
    database: await journal.openTables(tasksTables),
    async close() {
      await journal.close();
      await postgres?.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
