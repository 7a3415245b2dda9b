/** Every tool of a catalog that comes with oatty, in the order of `tools/list`: behind oatty's own. */
import type { AnyCatalogTool } from './catalog-tool.ts';
import { createTask } from './create-task.ts';
import { createTasks } from './create-tasks.ts';
import { generateReport } from './generate-report.ts';
import { listTasks } from './list-tasks.ts';
import { scheduleWorkflow } from './schedule-workflow.ts';
import { triggerIntegration } from './trigger-integration.ts';
import { updateTaskStatus } from './update-task-status.ts';

export const catalogTools: readonly AnyCatalogTool[] = [
  createTask,
  createTasks,
  listTasks,
  updateTaskStatus,
  generateReport,
  scheduleWorkflow,
  triggerIntegration,
];
