/** The task management catalog: what it is called, and which commands it has. */
import type { CatalogDefinition } from '@oatty/types';
import { bulkCreateCommand } from './commands/bulk-create.ts';
import { bulkUpdateCommand } from './commands/bulk-update.ts';
import { createCommand } from './commands/create.ts';
import { deleteCommand } from './commands/delete.ts';
import { generateReportCommand } from './commands/generate-report.ts';
import { getCommand } from './commands/get.ts';
import { historyCommand } from './commands/history.ts';
import { integrationsAddCommand, integrationsRemoveCommand } from './commands/integrations-add.ts';
import { integrationsHistoryCommand } from './commands/integrations-history.ts';
import { integrationsListCommand } from './commands/integrations-list.ts';
import { integrationsSettleCommand } from './commands/integrations-settle.ts';
import { integrationsTriggerCommand } from './commands/integrations-trigger.ts';
import { listCommand } from './commands/list.ts';
import {
  schedulesPauseCommand,
  schedulesRemoveCommand,
  schedulesResumeCommand,
} from './commands/schedules-change.ts';
import { readsCommand } from './commands/reads.ts';
import { schedulesCreateCommand } from './commands/schedules-create.ts';
import { schedulesListCommand } from './commands/schedules-list.ts';
import { settingsCommand } from './commands/settings.ts';
import { undoCommand } from './commands/undo.ts';
import { updateStatusCommand } from './commands/update-status.ts';
import { updateCommand } from './commands/update.ts';
import { usersCommand } from './commands/users.ts';
import type { TasksPorts } from './ports.ts';

export function createTasksCatalog(ports: TasksPorts): CatalogDefinition {
  return {
    title: 'Tasks',
    vendor: 'tasks',
    description: 'Tasks of your own: created, listed, changed and completed, kept in the database of oatty.',
    commands: {
      create: createCommand(ports),
      list: listCommand(ports),
      get: getCommand(ports),
      update: updateCommand(ports),
      update_status: updateStatusCommand(ports),
      delete: deleteCommand(ports),
      undo: undoCommand(ports),
      history: historyCommand(ports),
      reads: readsCommand(ports),
      'bulk:create': bulkCreateCommand(ports),
      'bulk:update': bulkUpdateCommand(ports),
      'reports:generate': generateReportCommand(ports),
      'schedules:create': schedulesCreateCommand(ports),
      'schedules:list': schedulesListCommand(ports),
      'schedules:pause': schedulesPauseCommand(ports),
      'schedules:resume': schedulesResumeCommand(ports),
      'schedules:remove': schedulesRemoveCommand(ports),
      'integrations:list': integrationsListCommand(ports),
      'integrations:trigger': integrationsTriggerCommand(ports),
      'integrations:history': integrationsHistoryCommand(ports),
      'integrations:settle': integrationsSettleCommand(ports),
      'integrations:add': integrationsAddCommand(ports),
      'integrations:remove': integrationsRemoveCommand(ports),
      settings: settingsCommand(ports),
      users: usersCommand(ports),
    },
  };
}
