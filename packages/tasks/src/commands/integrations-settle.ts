import { defineCommand, OattyError } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import { sql } from '@oatty/types/sql';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { endDelivery, selectDeliveries } from '../rows/delivery-rows.ts';
import type { DeliveryEnd, KeptDelivery } from '../rows/delivery-rows.ts';
import { lockUser } from '../rows/user-rows.ts';
import { deliverySchema, toDeliveryDocument } from '../schemas/delivery-schemas.ts';
import { plainTextSchema } from '../schemas/task-schemas.ts';

export function integrationsSettleCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Say of something whose outcome is unknown whether it was carried out.',
    description:
      'What was carried out is not done again; what was not may be asked for again with the same key. Only a person who has looked there can tell.',
    effect: 'standard',
    tags: ['tasks', 'integration'],
    input: z.object({
      delivery_id: plainTextSchema.min(1).max(100),
      carried_out: z.boolean(),
      url: z
        .url({ protocol: /^https?$/ })
        .max(2_000)
        .optional()
        .describe('Where what was made is.'),
    }),
    output: deliverySchema,
    positionals: ['delivery_id'],
    providers: { delivery_id: 'integrations:history' },
    async handler({ delivery_id: deliveryId, carried_out: isCarriedOut, url }, { caller }) {
      const now = ports.clock.now();
      const database = await ports.database();
      return database.transact(function* () {
        const { user_id } = yield* lockUser(caller, now);
        const byId = sql`AND delivery_id = ${deliveryId}`;
        const open = requireOpen(yield* selectDeliveries(user_id, byId), deliveryId, now);
        yield* endDelivery(user_id, open.delivery_key, toEnd(open, isCarriedOut, url), now.toISOString());
        const [settled = open] = yield* selectDeliveries(user_id, byId);
        return toDeliveryDocument(settled);
      });
    },
  });
}

// --- internal ---

/** Longer than all attempts of one call take. */
const longestCallMs = 120_000;

function requireOpen(found: readonly KeptDelivery[], deliveryId: string, now: Date): KeptDelivery {
  const [delivery] = found;
  const context = { delivery_id: deliveryId };
  if (delivery === undefined) {
    throw new OattyError('ARGUMENT_INVALID', `There is no delivery "${deliveryId}".`, {
      suggestedAction: 'tasks integrations:history shows which there are.',
      context,
    });
  }
  if (delivery.status === 'sent' || delivery.status === 'failed') {
    throw new OattyError('TASK_CONFLICT', `It is known what became of "${deliveryId}": ${delivery.status}.`, {
      suggestedAction: 'tasks integrations:history shows it.',
      context,
    });
  }
  const isUnderWay =
    delivery.status === 'sending' && now.getTime() - Date.parse(delivery.started_at) <= longestCallMs;
  if (!isUnderWay) return delivery;
  throw new OattyError('TASK_CONFLICT', `"${deliveryId}" may still be under way.`, {
    suggestedAction: 'Wait two minutes, then look again.',
    retryable: true,
    context,
  });
}

function toEnd({ integration }: KeptDelivery, isCarriedOut: boolean, url: string | undefined): DeliveryEnd {
  if (!isCarriedOut) {
    return {
      status: 'failed',
      error: { error_code: 'OUTCOME_UNKNOWN', message: 'A person has looked: it was not carried out.' },
    };
  }
  const links = url === undefined ? [] : [{ title: integration, url }];
  return {
    status: 'sent',
    made: { links, details: { settled: 'A person has looked: it was carried out.' } },
  };
}
