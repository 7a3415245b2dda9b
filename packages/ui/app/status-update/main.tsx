import { statusChangeSchema } from '../documents/task.ts';
import { mountWidget } from '../mount-widget.tsx';
import { StatusUpdate } from './status-update.tsx';

mountWidget({
  name: 'status-update',
  title: 'Change of a task',
  waiting: 'Changing the task…',
  schema: statusChangeSchema,
  View: StatusUpdate,
});
