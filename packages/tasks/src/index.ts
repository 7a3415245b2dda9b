export { createTasksCatalog } from './create-tasks-catalog.ts';
export { descriptionNames, locateDescription } from './descriptions.ts';
export { createTaskEvents } from './events/task-events.ts';
export type { EventPage, TaskEvent, TaskEvents } from './events/task-events.ts';
export type {
  CommandPort,
  Mail,
  MailPort,
  MailReceipt,
  SignedEvent,
  TasksDatabase,
  TasksPorts,
  WebhookPort,
} from './ports.ts';
export type { PlannedTiming, SchedulePlan, UserSchedule, UserSchedules } from './schedules/user-schedules.ts';
export { tasksTables } from './rows/tables.ts';
