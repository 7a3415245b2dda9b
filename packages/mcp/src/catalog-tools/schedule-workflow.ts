import * as z from 'zod';
import { defineCatalogTool } from './catalog-tool.ts';

export const scheduleWorkflow = defineCatalogTool({
  name: 'schedule_workflow',
  command: 'tasks schedules:create',
  description:
    'Plans a command or a saved workflow: once, at times that recur, or whenever a task is created, completed or overdue. What removes something is planned with command.run_destructive.',
  safety: 'standard',
  isIdempotent: false,
  isOpenWorld: true,
  view: 'ui://schedules/schedule',
  given: z.looseObject({
    schedule: z.looseObject({
      schedule_id: z.string(),
      name: z.string(),
      target: z.looseObject({ kind: z.string(), id: z.string() }),
      when: z.looseObject({ kind: z.string(), value: z.string(), time_zone: z.string().nullable() }),
      next: z.array(z.string()),
    }),
  }),
  output: {
    type: 'string',
    scheduleId: 'string',
    name: 'string',
    target: 'object',
    when: 'object',
    next: 'array',
  },
  toDocument({ schedule }) {
    const { schedule_id: scheduleId, name, target, when, next } = schedule;
    return { type: 'workflow_scheduled', scheduleId, name, target, when, next, schedule };
  },
  toText({ schedule: { schedule_id: id, name, target, when, next } }) {
    const zone = when.time_zone === null ? '' : ` (${when.time_zone})`;
    const times = next.length === 0 ? [] : [`Next: ${next.join(', ')}.`];
    return [
      `Planned "${name}" (schedule_id ${id}): ${target.kind} "${target.id}", ${when.kind} ${when.value}${zone}.`,
      ...times,
      'To stop it, run the command "tasks schedules:pause" or "tasks schedules:remove" with its schedule_id.',
    ].join('\n');
  },
});
