/** A schedule as its user sees it: times by the clocks of the user, with their offset. */
import type { Schedule, TimeZone } from '@oatty/types';
import * as z from 'zod';
import type { UserSchedule } from './user-schedules.ts';

export const scheduleSchema = z
  .object({
    schedule_id: z.string(),
    name: z.string(),
    target: z.object({
      kind: z.enum(['command', 'workflow']),
      id: z.string().describe('The command, or the id of the saved workflow.'),
      inputs: z
        .record(z.string(), z.unknown())
        .describe('Arguments of the command, or inputs of the workflow.'),
    }),
    when: z.object({
      kind: z.enum(['at', 'cron', 'rrule', 'event']),
      value: z.string().describe('The instant, the expression, the rule, or the event.'),
      time_zone: z.string().nullable(),
      start: z.string().nullable().describe('The first time of a rule, in its time zone.'),
      priority: z.array(z.string()).nullable().describe('Only events of such tasks; null: of all.'),
    }),
    missed: z.enum(['skip', 'latest', 'all']),
    status: z.enum(['active', 'paused', 'ended']),
    next_at: z.string().nullable().describe('The next time; null where nothing is planned by time.'),
    next: z.array(z.string()).describe('The next five times.'),
    last: z
      .object({
        due_at: z.string(),
        run_id: z.string().nullable(),
        error: z.string().nullable().describe('Why no run was started, and what to do.'),
      })
      .nullable()
      .describe('What came of the last time.'),
    created_at: z.string(),
  })
  .describe('A schedule.');

export type ScheduleDocument = z.infer<typeof scheduleSchema>;

export function toScheduleDocument({ schedule, times }: UserSchedule, zone: TimeZone): ScheduleDocument {
  const { schedule_id, missed, status, last, created_at } = schedule;
  const target = toTarget(schedule);
  const next = times.map((time) => toLocalText(time, zone));
  return {
    schedule_id,
    name: schedule.name ?? target.id,
    target,
    when: toWhen(schedule),
    missed,
    status,
    next_at: next[0] ?? null,
    next,
    last:
      last === undefined
        ? null
        : {
            due_at: toLocalText(last.due_at, zone),
            run_id: last.run_id ?? null,
            error: last.error === undefined ? null : `${last.error.message} ${last.error.suggested_action}`,
          },
    created_at,
  };
}

// --- internal ---

function toTarget(schedule: Schedule): ScheduleDocument['target'] {
  return 'command_id' in schedule
    ? { kind: 'command', id: schedule.command_id, inputs: schedule.inputs }
    : { kind: 'workflow', id: schedule.workflow_id, inputs: schedule.inputs };
}

function toWhen({ timing }: Schedule): ScheduleDocument['when'] {
  const none = { time_zone: null, start: null, priority: null };
  if ('at' in timing) return { ...none, kind: 'at', value: timing.at };
  if ('event' in timing) {
    const { event: value, priority } = timing;
    return { ...none, kind: 'event', value, priority: priority === undefined ? null : [...priority] };
  }
  const { time_zone } = timing;
  return 'cron' in timing
    ? { ...none, kind: 'cron', value: timing.cron, time_zone }
    : { ...none, kind: 'rrule', value: timing.rrule, time_zone, start: timing.start };
}

/** `2026-12-07T09:00:00+01:00` */
function toLocalText(instant: string, zone: TimeZone): string {
  const time = Date.parse(instant);
  const offset = Math.round(zone.offsetAt(time) / 60_000);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const sign = offset < 0 ? '-' : '+';
  const local = new Date(time + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
