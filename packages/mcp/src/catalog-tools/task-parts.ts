/** Tasks in the answers of tools: as documents, and as lines of text. */
import * as z from 'zod';

/** What is used here of a task; the rest is passed on. */
export const givenTask = z.looseObject({
  task_id: z.string(),
  title: z.string(),
  status: z.string(),
  priority: z.string(),
  due: z.string().nullable(),
  overdue: z.boolean(),
  recurrence: z.string().nullable(),
});

export type GivenTask = z.infer<typeof givenTask>;

/** `id` is what the requirements call it. */
export function toTask(task: GivenTask) {
  return { id: task.task_id, ...task };
}

/** A table in Markdown: whoever shows no view shows text. */
export function toTaskTable(tasks: readonly GivenTask[]): string {
  const rows = tasks.map((task) => [
    task.task_id,
    toLine(task.title),
    task.overdue ? `${task.status}, overdue` : task.status,
    task.priority,
    toDue(task),
  ]);
  const head = ['task_id', 'title', 'status', 'priority', 'due'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** `"Buy milk" (id), pending, high, due 2026-03-29, overdue` */
export function toTaskLine(task: GivenTask): string {
  const due = toDue(task);
  return [
    `"${toLine(task.title)}" (task_id ${task.task_id})`,
    task.status,
    `${task.priority} priority`,
    ...(due === '' ? [] : [`due ${due}`]),
    ...(task.overdue ? ['overdue'] : []),
  ].join(', ');
}

/** A text as one cell of a table, whatever it holds. */
export function toLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  const shown = line.slice(0, maxLineLength).replace(/[\uD800-\uDBFF]$/, ''); // half a character
  return `${shown.replaceAll('|', '\\|')}${line.length > maxLineLength ? '…' : ''}`;
}

/** How a change is taken back. Tools answer to their names with an underscore, however they are listed. */
export function toUndoLine(change: number | null): string {
  return change === null
    ? 'Nothing was changed.'
    : `To take it back, call command_run: command_id "tasks undo", with {"change": ${change}}.`;
}

// --- internal ---

/** In UTF-16 code units. */
const maxLineLength = 100;

function toDue({ due, recurrence }: GivenTask): string {
  if (due === null) return '';
  return recurrence === null ? due : `${due} (${toLine(recurrence)})`;
}
