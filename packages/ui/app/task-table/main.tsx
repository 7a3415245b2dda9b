import { taskListSchema } from '../documents/task-list.ts';
import { mountWidget } from '../mount-widget.tsx';
import { TaskTable } from './task-table.tsx';

mountWidget({
  name: 'task-table',
  title: 'Tasks',
  waiting: 'Looking for tasks…',
  schema: taskListSchema,
  View: TaskTable,
});
