/** What `trigger_integration` gives. */
import * as z from 'zod/mini';

export const integrationResultSchema = z.object({
  integration: z.string(),
  action: z.string(),
  /** The same was asked for before: this is what was done then. */
  repeated: z.optional(z.boolean()),
  links: z.optional(z.array(z.object({ title: z.string(), url: z.string() }))),
  details: z.optional(z.record(z.string(), z.unknown())),
});

export type IntegrationResult = z.infer<typeof integrationResultSchema>;
