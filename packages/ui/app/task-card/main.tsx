import { createdTaskSchema } from '../documents/created-task.ts';
import { mountWidget } from '../mount-widget.tsx';
import { TaskCard } from './task-card.tsx';

mountWidget({
  name: 'task-card',
  title: 'Task',
  waiting: 'Creating the task…',
  schema: createdTaskSchema,
  View: TaskCard,
});
