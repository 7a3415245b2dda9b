/** What the sample tasks answer to the tools that widgets call: enough to try the buttons. */
import type { CallToolResult } from '@modelcontextprotocol/client';
import { sampleList, sampleTasks } from './sample-tasks.ts';
import { sampleReport } from './sample-report.ts';

export function answerCall(name: string, input: Readonly<Record<string, unknown>>): CallToolResult {
  switch (name) {
    case 'list_tasks':
      return toResult(list(input));
    case 'update_task_status':
      return toResult(update(input));
    case 'generate_report':
      return toResult({
        ...sampleReport(7),
        csv: input['csv'] === true ? 'section,key,measure,value\r\n' : null,
      });
    default:
      return { isError: true, content: [{ type: 'text', text: `The preview knows no tool "${name}".` }] };
  }
}

// --- internal ---

let tasks = sampleTasks;

function list({ text, status, priority, sort, order, time_zone }: Readonly<Record<string, unknown>>) {
  const filter = { text, status, priority };
  const matching = tasks.filter(
    (task) =>
      (typeof text !== 'string' || String(task['title']).toLowerCase().includes(text.toLowerCase())) &&
      (!Array.isArray(status) || status.includes(task['status'])) &&
      (!Array.isArray(priority) || priority.includes(task['priority'])),
  );
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const sorted = matching.toSorted((a, b) => compare(a[String(sort)], b[String(sort)], order === 'desc'));
  return sampleList(sorted, { applied: { filter: given, sort, order, time_zone } });
}

/** What is absent comes last either way. */
function compare(a: unknown, b: unknown, isDown: boolean): number {
  if (typeof a !== 'string' || typeof b !== 'string')
    return Number(typeof a !== 'string') - Number(typeof b !== 'string');
  return isDown ? b.localeCompare(a) : a.localeCompare(b);
}

function update({ task_id, status }: Readonly<Record<string, unknown>>) {
  const before = tasks.find((task) => task['task_id'] === task_id) ?? sampleTasks[0] ?? {};
  const now = new Date().toISOString();
  const task = { ...before, status, overdue: false, completed_at: status === 'completed' ? now : null };
  tasks = tasks.map((row) => (row['task_id'] === task_id ? task : row));
  return { task, oldStatus: before['status'], newStatus: status, next: null, change: 1 };
}

function toResult(structuredContent: Readonly<Record<string, unknown>>): CallToolResult {
  return { content: [], structuredContent };
}
