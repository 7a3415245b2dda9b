/**
 * The widgets, and where their HTML is.
 *
 *   W1. Each is one self-contained file in `html/`, which the build makes of the folder of that name in `app/`.
 *   W2. `html/` stands beside the folder of this module, be that `src`, `dist`, or the chunks of a bundle.
 */
import { readFile } from 'node:fs/promises';

export interface Widget {
  /** `ui://tasks/table`: what a tool names as its `_meta.ui.resourceUri`. */
  readonly uri: string;
  readonly title: string;
  readonly description: string;
  /** A whole page without a single reference to anything outside of it. */
  readonly readHtml: () => Promise<string>;
}

export const widgets: readonly Widget[] = [
  widget('tasks/table', 'task-table', {
    title: 'Task table',
    description: 'Tasks to sort, search, filter, complete, reopen and export.',
  }),
  widget('tasks/card', 'task-card', {
    title: 'Task card',
    description: 'A task that was created, to start or complete.',
  }),
  widget('tasks/status-update', 'status-update', {
    title: 'Status change',
    description: 'What became of a task, and how to undo it.',
  }),
  widget('tasks/report', 'report', {
    title: 'Task report',
    description: 'Figures, charts and numbers of a period.',
  }),
  widget('integrations/confirmation', 'integration', {
    title: 'Integration result',
    description: 'What an integration did, with links to what was made.',
  }),
  widget('schedules/schedule', 'schedule', {
    title: 'Schedule',
    description: 'What was planned, and when it runs next.',
  }),
];

// --- internal ---

function widget(path: string, name: string, texts: Pick<Widget, 'title' | 'description'>): Widget {
  return {
    uri: `ui://${path}`,
    ...texts,
    readHtml: () => readFile(new URL(`../html/${name}.html`, import.meta.url), 'utf8'),
  };
}
