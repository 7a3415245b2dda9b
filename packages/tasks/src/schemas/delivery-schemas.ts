/** What callers see of a delivery. */
import * as z from 'zod';
import { itemErrorSchema } from '../changes/item-error.ts';
import type { KeptDelivery } from '../rows/delivery-rows.ts';

export const linksSchema = z
  .array(z.object({ title: z.string(), url: z.string() }))
  .describe('What was made.');

export const deliveryStatusSchema = z
  .enum(['sending', 'sent', 'failed', 'unknown'])
  .describe('sending also when its process has ended; unknown: nobody knows whether it was done.');

export const deliverySchema = z.object({
  delivery_id: z.string(),
  integration: z.string(),
  action: z.string(),
  task_id: z.string().nullable(),
  status: deliveryStatusSchema,
  links: linksSchema,
  details: z.record(z.string(), z.unknown()),
  error: itemErrorSchema.nullable(),
  actor: z.string(),
  via: z.string(),
  run_id: z.string().nullable(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});

export function toDeliveryDocument(kept: KeptDelivery): z.infer<typeof deliverySchema> {
  const { made, delivery_key: _key, fingerprint: _fingerprint, started_at: _started, ...shown } = kept;
  return { ...shown, links: [...(made?.links ?? [])], details: { ...made?.details } };
}
