/** What the tasks catalog needs of the world. */
import type { TasksPorts } from '@oatty/tasks';
import { createCommandPort } from '../integrations/create-command-port.ts';
import { createWebhookPort } from '../integrations/create-webhook-port.ts';
import { createMailPort } from '../mail/create-mail-port.ts';
import { once } from '../once.ts';
import type { World } from '../world.ts';

export async function openTasksPorts(world: World): Promise<TasksPorts> {
  const { tasksTables } = await import('@oatty/tasks');
  const { createUserSchedules } = await import('../schedules/user-schedules.ts');
  return {
    database: once(async () => (await world.journal()).openTables(tasksTables)),
    clock: world.clock,
    localTimeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    schedules: createUserSchedules(world),
    mail: createMailPort(world),
    webhooks: createWebhookPort(world),
    commands: createCommandPort(world),
  };
}
