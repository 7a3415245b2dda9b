import { scheduleSchema } from '../documents/schedule.ts';
import { mountWidget } from '../mount-widget.tsx';
import { ScheduleView } from './schedule-view.tsx';

mountWidget({
  name: 'schedule',
  title: 'Schedule',
  waiting: 'Planning…',
  schema: scheduleSchema,
  View: ScheduleView,
});
