import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import { sql } from '@oatty/types/sql';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { selectDeliveries } from '../rows/delivery-rows.ts';
import { readUser } from '../rows/user-rows.ts';
import { deliverySchema, deliveryStatusSchema, toDeliveryDocument } from '../schemas/delivery-schemas.ts';
import { taskIdSchema } from '../schemas/task-schemas.ts';

export function integrationsHistoryCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Show what was sent through integrations and what became of it, newest first.',
    effect: 'safe',
    tags: ['tasks', 'integration', 'sent', 'log'],
    input: z.object({
      task_id: taskIdSchema.optional().describe('Of this task only.'),
      status: deliveryStatusSchema.optional(),
      limit: z.int().min(1).max(100).default(20),
    }),
    output: z.object({ deliveries: z.array(deliverySchema) }),
    listPath: 'deliveries',
    offers: { value: 'delivery_id', display: 'action' },
    async handler({ task_id: taskId, status, limit }, { caller }) {
      const database = await ports.database();
      const ofTask = taskId === undefined ? sql`` : sql`AND task_id = ${taskId}`;
      const ofStatus = status === undefined ? sql`` : sql`AND status = ${status}`;
      const found = await database.run(function* () {
        const { user_id } = yield* readUser(caller.principal);
        return yield* selectDeliveries(
          user_id,
          sql`${ofTask} ${ofStatus} ORDER BY delivery_id DESC LIMIT ${limit}`,
        );
      });
      return { deliveries: found.map(toDeliveryDocument) };
    },
  });
}
