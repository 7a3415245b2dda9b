export { createTasksCatalog } from './create-tasks-catalog.ts';
export type { TasksDatabase, TasksPorts } from './ports.ts';
export { tasksTables } from './rows/tables.ts';
