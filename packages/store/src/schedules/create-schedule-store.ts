/** The engine's schedules over a database. The rules are at the port. */
import type { Listener, ScheduleChange, ScheduleStore } from '@oatty/engine';
import type { Agreement, Instant, Schedule, ScheduleTarget } from '@oatty/types';
import type { Database } from '../database.ts';
import { all, first, join, sql } from '@oatty/types/sql';
import type { Row, Work } from '@oatty/types/sql';

export function createScheduleStore(database: Database): ScheduleStore {
  return {
    addSchedule: (schedule) => database.transact(() => insertSchedule(schedule)),
    getSchedule: (scheduleId) =>
      database.run(function* () {
        const row = yield* first<ScheduleRow>(
          sql`SELECT ${columns} FROM schedules WHERE schedule_id = ${scheduleId}`,
        );
        return row && toSchedule(row);
      }),
    listSchedules: (principal) =>
      database.run(() =>
        readAll(
          principal === undefined
            ? sql`ORDER BY schedule_id`
            : sql`WHERE principal = ${principal} ORDER BY schedule_id`,
        ),
      ),
    hasListening: () =>
      database.run(function* () {
        const found = sql`SELECT schedule_id FROM schedules WHERE listens = 1 AND status = 'active' LIMIT 1`;
        return (yield* first(found)) !== undefined;
      }),
    listListening: (now, principals) => database.run(() => readListeners(now, principals)),
    removeSchedule: (scheduleId) =>
      database.transact(() => isDone(sql`DELETE FROM schedules WHERE schedule_id = ${scheduleId}`)),

    listDueSchedules: (now, limit) =>
      database.run(() =>
        readAll(sql`WHERE next_at IS NOT NULL AND next_at <= ${now}
          AND (claimed_until IS NULL OR claimed_until <= ${database.toDatabaseTime(now)})
          ORDER BY next_at LIMIT ${limit}`),
      ),
    wakeSchedule: (scheduleId, nextAt, now) =>
      database.transact(() =>
        isDone(sql`UPDATE schedules SET next_at = ${now}
          WHERE schedule_id = ${scheduleId} AND status = 'active' AND ${isNextAt(nextAt)}`),
      ),
    claimSchedule: (scheduleId, nextAt, until, now) =>
      database.transact(() =>
        isDone(sql`UPDATE schedules SET claimed_until = ${database.toDatabaseTime(until)}
          WHERE schedule_id = ${scheduleId} AND next_at = ${nextAt}
            AND (claimed_until IS NULL OR claimed_until <= ${database.toDatabaseTime(now)})`),
      ),
    changeSchedule: (scheduleId, nextAt, change) =>
      database.transact(() => changeSchedule(scheduleId, nextAt, change)),
  };
}

// --- internal ---

/** What has no column of its own. */
type Definition = ScheduleTarget & Omit<Schedule, 'status' | 'next_at' | 'last' | 'seen'>;

interface ScheduleRow {
  readonly status: Schedule['status'];
  readonly next_at: string | null;
  readonly definition: string;
  readonly last_firing: string | null;
  readonly seen: string | null;
}

interface ListenerRow extends Row {
  readonly schedule_id: string;
  readonly principal: string;
  readonly next_at: string | null;
  readonly seen: string | null;
}

const columns = sql`status, next_at, definition, last_firing, seen`;

function* insertSchedule({ status, next_at, last, seen, ...definition }: Schedule): Work<boolean> {
  const { schedule_id, caller, timing } = definition;
  const listens = 'event' in timing ? 1 : 0;
  return yield* isDone(sql`INSERT INTO schedules
    (schedule_id, status, next_at, definition, last_firing, principal, listens, seen)
    VALUES (${schedule_id}, ${status}, ${next_at ?? null}, ${JSON.stringify(definition)}, ${toText(last)},
      ${caller?.principal ?? 'local'}, ${listens}, ${seen ?? null})
    ON CONFLICT (schedule_id) DO NOTHING`);
}

function* changeSchedule(
  scheduleId: string,
  nextAt: Instant | undefined,
  { status, next_at, last, seen, ...agreement }: ScheduleChange,
): Work<boolean> {
  const definition = yield* readAgreeing(scheduleId, agreement);
  return yield* isDone(sql`UPDATE schedules SET status = ${status}, next_at = ${next_at ?? null}, claimed_until = NULL,
    last_firing = COALESCE(${toText(last)}, last_firing), seen = COALESCE(${seen ?? null}, seen),
    definition = COALESCE(${definition}, definition) WHERE schedule_id = ${scheduleId} AND ${isNextAt(nextAt)}`);
}

/** The definition with another agreement; `null` where that stays. */
function* readAgreeing(scheduleId: string, agreement: Partial<Agreement>): Work<string | null> {
  if (Object.keys(agreement).length === 0) return null;
  const row = yield* first<Pick<ScheduleRow, 'definition'>>(
    sql`SELECT definition FROM schedules WHERE schedule_id = ${scheduleId}`,
  );
  return row === undefined ? null : JSON.stringify({ ...JSON.parse(row.definition), ...agreement });
}

function isNextAt(nextAt: Instant | undefined): ReturnType<typeof sql> {
  return nextAt === undefined ? sql`next_at IS NULL` : sql`next_at = ${nextAt}`;
}

/** Whether a statement has touched a row. */
function* isDone(statement: ReturnType<typeof sql>): Work<boolean> {
  return (yield* first(sql`${statement} RETURNING schedule_id`)) !== undefined;
}

function* readAll(which: ReturnType<typeof sql>): Work<readonly Schedule[]> {
  const rows = yield* all<ScheduleRow>(sql`SELECT ${columns} FROM schedules ${which}`);
  return rows.map(toSchedule);
}

function* readListeners(now: Instant, principals?: readonly string[]): Work<readonly Listener[]> {
  const asked = principals?.map((principal) => sql`${principal}`);
  const ofThese = asked === undefined ? sql`` : sql`AND principal IN (${join(asked, ', ')})`;
  const rows = yield* all<ListenerRow>(sql`SELECT schedule_id, principal, next_at, seen FROM schedules
    WHERE listens = 1 AND status = 'active' AND (next_at IS NULL OR next_at > ${now}) ${ofThese} ORDER BY schedule_id`);
  return rows.map(({ next_at, seen, ...row }) => ({
    ...row,
    seen: seen ?? '',
    ...(next_at !== null && { next_at }),
  }));
}

function toSchedule({ status, next_at, definition, last_firing, seen }: ScheduleRow): Schedule {
  return {
    ...(JSON.parse(definition) as Definition), // written by `insertSchedule`
    status,
    ...(next_at !== null && { next_at }),
    ...(seen !== null && { seen }),
    ...(last_firing !== null && { last: JSON.parse(last_firing) as NonNullable<Schedule['last']> }), // as above
  };
}

function toText(last: Schedule['last']): string | null {
  return last === undefined ? null : JSON.stringify(last);
}
