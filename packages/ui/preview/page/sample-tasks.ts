/** Tasks to look at: long, foreign, hostile and plain ones. */
type Sample = Readonly<Record<string, unknown>>;

export function sampleTask(number: number, change: Sample = {}): Sample {
  return {
    task_id: `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    id: `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    title: `Task ${number}`,
    description: null,
    status: 'pending',
    priority: 'medium',
    due: null,
    recurrence: null,
    overdue: false,
    created_at: '2026-03-20T09:00:00.000Z',
    updated_at: '2026-03-20T09:00:00.000Z',
    started_at: null,
    completed_at: null,
    ...change,
  };
}

export const sampleTasks: readonly Sample[] = [
  sampleTask(1, {
    title: 'Send the offer to Nordlicht',
    description: 'Three variants, with the discount for two years. Ask Ines for the figures of last spring.',
    priority: 'high',
    due: '2026-03-27T15:00:00.000Z',
    overdue: true,
    status: 'in_progress',
    started_at: '2026-03-26T08:00:00.000Z',
  }),
  sampleTask(2, { title: 'Book the train to Vienna', due: '2026-03-30', priority: 'medium' }),
  sampleTask(3, {
    title: 'Water the plants in the office',
    due: '2026-04-01T07:00:00.000Z',
    priority: 'low',
    recurrence: 'FREQ=WEEKLY;BYDAY=WE',
  }),
  sampleTask(4, {
    title: 'Review the draft of the contract',
    description: 'Sections 4 and 7.',
    status: 'completed',
    priority: 'high',
    due: '2026-03-25',
    started_at: '2026-03-24T08:00:00.000Z',
    completed_at: '2026-03-25T14:20:00.000Z',
  }),
  sampleTask(5, { title: 'Call the dentist' }),
  sampleTask(6, { title: 'הזמנת ציוד משרדי', description: 'טונר ונייר', due: '2026-04-03', priority: 'low' }),
];

export function sampleList(tasks: readonly Sample[], change: Sample = {}): Sample {
  return {
    type: 'task_list',
    count: tasks.length,
    total: tasks.length,
    has_more: false,
    next_cursor: null,
    applied: {
      filter: {},
      sort: 'due',
      order: 'asc',
      time_zone: 'Europe/Berlin',
      now: '2026-03-28T09:00:00.000Z',
    },
    tasks,
    ...change,
  };
}
