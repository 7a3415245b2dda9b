/** Plans the start of a task: at that time its status becomes "in progress". */
import { scheduleSchema } from '../documents/schedule.ts';
import type { Task } from '../documents/task.ts';
import type { Failure } from '../host/failure.ts';
import type { Host } from '../host/host.ts';
import type { Dates } from '../words/dates.ts';

/** @param at - by the clocks of the user: `2026-03-29T09:00` */
export async function planStart(
  host: Host,
  dates: Dates,
  { task_id, title }: Task,
  at: string,
): Promise<{ readonly done?: string; readonly failure?: Failure }> {
  const input = {
    run: 'tasks update_status',
    inputs: { task_id, status: 'in_progress' },
    name: `Start: ${title}`.slice(0, 200),
    at,
    time_zone: dates.timeZone,
  };
  const answer = await host.call('schedule_workflow', input, scheduleSchema);
  if (answer.kind === 'failed') return { failure: answer.failure };
  const { scheduleId, next } = answer.document;
  await host.tellModel(`scheduled the start of task ${task_id} (schedule ${scheduleId})`);
  return { done: `“${title}” will be started on ${dates.moment(next[0] ?? at)}.` };
}
