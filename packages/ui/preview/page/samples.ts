/** What each widget shows in the preview: one document of its tool for each state that is worth a look. */
import { sampleReport } from './sample-report.ts';
import { sampleList, sampleTask, sampleTasks } from './sample-tasks.ts';

type Document = Readonly<Record<string, unknown>>;

interface Sample {
  readonly state: string;
  /** Absent: the tool is still at work. */
  readonly result?: { readonly structuredContent: Document; readonly isError?: true };
  readonly isCancelled?: true;
}

export interface SampleWidget {
  readonly uri: string;
  readonly samples: readonly Sample[];
}

/** As long as it may be, in several scripts and both directions, and hostile. */
const oddText = {
  title:
    `<script>parent.hacked=1</script> 🧪👩🏽‍🔬 \u202etxt.exe مراجعة العقد ${'Ein-Wort-ohne-Ende'.repeat(30)}`.slice(
      0,
      500,
    ),
  description: 'مراجعة العقد قبل يوم الخميس\n<img src=x onerror="parent.hacked=1">',
};

export const sampleWidgets: readonly SampleWidget[] = [
  {
    uri: 'ui://tasks/table',
    samples: [
      done('tasks', sampleList(sampleTasks, { total: 42, has_more: true, next_cursor: 'page-2' })),
      done('100 rows', sampleList(Array.from({ length: 100 }, (_, index) => sampleTask(index + 1)))),
      done('odd titles', sampleList(oddTasks())),
      done('no tasks', sampleList([])),
      done('no match', sampleList([], { applied: { ...sampleApplied(), filter: { text: 'yacht' } } })),
      ...sameStates(),
    ],
  },
  {
    uri: 'ui://tasks/card',
    samples: [
      done('created', { task: sampleTasks[0] ?? {}, created: true, change: 7 }),
      done('recurring', { task: sampleTasks[2] ?? {}, created: true, change: 8 }),
      done('there before', { task: sampleTasks[1] ?? {}, created: false, change: null }),
      done('odd text', { task: sampleTask(1, oddText), created: true, change: 9 }),
      ...sameStates(),
    ],
  },
  {
    uri: 'ui://tasks/status-update',
    samples: [
      done('completed', {
        task: sampleTasks[3] ?? {},
        oldStatus: 'in_progress',
        newStatus: 'completed',
        next: null,
        change: 9,
      }),
      done('recurring', {
        task: {
          ...sampleTasks[2],
          status: 'completed',
          completed_at: '2026-04-01T08:00:00.000Z',
          recurrence: null,
        },
        oldStatus: 'pending',
        newStatus: 'completed',
        next: { ...sampleTasks[2], due: '2026-04-08T07:00:00.000Z' },
        change: 10,
      }),
      done('unchanged', {
        task: sampleTasks[3] ?? {},
        oldStatus: 'completed',
        newStatus: 'completed',
        next: null,
        change: null,
      }),
      done('odd text', {
        task: sampleTask(1, oddText),
        oldStatus: 'completed',
        newStatus: 'pending',
        next: null,
        change: 11,
      }),
      ...sameStates(),
    ],
  },
  {
    uri: 'ui://tasks/report',
    samples: [
      done('a week', sampleReport(7)),
      done('a quarter', sampleReport(91)),
      done('nothing happened', sampleReport(7, 0)),
      ...sameStates(),
    ],
  },
  {
    uri: 'ui://integrations/confirmation',
    samples: [
      done('an issue', {
        integration: 'jira',
        action: 'create_issue',
        status: 'success',
        links: [
          { title: 'OPS-41: Send the offer to Nordlicht', url: 'https://jira.example.com/browse/OPS-41' },
        ],
        details: { key: 'OPS-41', project: 'Operations', labels: ['offer', 'spring'] },
      }),
      done('a mail', {
        integration: 'email',
        action: 'send_email',
        status: 'success',
        links: [],
        details: { to: 'ines@example.com', subject: 'Overdue tasks', message_id: '<01HX@example.com>' },
      }),
      done('done before', {
        integration: 'jira',
        action: 'create_issue',
        status: 'success',
        repeated: true,
        links: [{ title: 'OPS-41', url: 'https://jira.example.com/browse/OPS-41' }],
      }),
      done('odd text', {
        integration: oddText.title,
        action: 'send',
        status: 'success',
        links: [
          { title: 'Click', url: 'javascript:parent.hacked=1' },
          { title: oddText.title, url: `https://example.com/${'long/'.repeat(60)}` },
        ],
        details: { [oddText.title]: oddText, nothing: null, script: '<script>parent.hacked=1</script>' },
      }),
      ...sameStates(),
    ],
  },
  {
    uri: 'ui://schedules/schedule',
    samples: [
      done('weekly', {
        scheduleId: 'sch_1',
        name: 'Weekly report',
        target: { kind: 'command', id: 'tasks reports:generate', inputs: {} },
        when: {
          kind: 'rrule',
          value: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0',
          time_zone: 'Europe/Berlin',
        },
        next: ['2026-03-30T07:00:00.000Z', '2026-04-06T07:00:00.000Z', '2026-04-13T07:00:00.000Z'],
      }),
      done('on an event', {
        scheduleId: 'sch_2',
        name: 'escalate',
        target: { kind: 'workflow', id: 'escalate', inputs: {} },
        when: { kind: 'event', value: 'overdue', time_zone: null, priority: ['high'] },
        next: [],
      }),
      done('odd text', {
        scheduleId: 'sch_3',
        name: oddText.title,
        target: { kind: 'workflow', id: 'w'.repeat(100), inputs: {} },
        when: {
          kind: 'cron',
          value: '*/5 1-3,7 1,15 JAN-MAR MON',
          time_zone: 'America/Argentina/Buenos_Aires',
        },
        next: ['2026-03-30T07:00:00.000Z'],
      }),
      ...sameStates(),
    ],
  },
];

// --- internal ---

function done(state: string, structuredContent: Document): Sample {
  return { state, result: { structuredContent } };
}

function sameStates(): readonly Sample[] {
  return [
    { state: 'loading' },
    { state: 'cancelled', isCancelled: true },
    {
      state: 'failed',
      result: {
        isError: true,
        structuredContent: {
          code: -32002,
          message: 'TASK_NOT_FOUND: No task "0190-7f".',
          data: {
            error_code: 'TASK_NOT_FOUND',
            message: 'No task "0190-7f".',
            suggested_action: 'Look for its id with list_tasks.',
          },
        },
      },
    },
  ];
}

function oddTasks(): readonly Document[] {
  const titles = [
    '<img src=x onerror="parent.postMessage(1)"> <script>alert(1)</script>',
    'A title without an end '.repeat(20).trim(),
    'Onewordthatisverylongandhasnoplaceatwhichitcouldbebroken'.repeat(4),
    'مراجعة العقد قبل يوم الخميس',
    '🧪👩🏽‍🔬 zero​width‮txt.exe',
    '=HYPERLINK("https://example.com","Click")',
  ];
  return titles.map((title, index) =>
    sampleTask(index + 1, { title, description: index === 0 ? title : null }),
  );
}

function sampleApplied(): Document {
  return { filter: {}, sort: 'due', order: 'asc', time_zone: 'Europe/Berlin' };
}
