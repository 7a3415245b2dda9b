/**
 * Commands in brief: what each takes, without descriptions, so that many fit into one page.
 *
 *   B1. A schema keeps what a caller needs to choose a value: type, format, allowed values, default, elements.
 *   B2. References, alternatives and long lists of values are in the whole command (`commands.get`).
 */
import type { Command, JsonSchema } from '@oatty/types';
import type { CommandBrief } from './commands.ts';

export function toCommandBrief(command: Command, catalogId: string): CommandBrief {
  const { id, summary, effect, execution, deprecated, parameters, body } = command;
  return {
    id,
    summary,
    effect,
    ...(execution.kind === 'http' && { method: execution.method, path: execution.path }),
    catalog_id: catalogId,
    ...(deprecated === true && { deprecated }),
    parameters: parameters.map(({ name, in: place, required, schema, provider }) => ({
      name,
      in: place,
      required,
      schema: toBriefSchema(schema),
      ...(provider && { provider: provider.command }),
    })),
    ...(body && {
      body: { media_type: body.media_type, required: body.required, schema: toBriefSchema(body.schema) },
    }),
  };
}

// --- internal ---

const maxEnumValues = 20;

/** B1, B2 */
function toBriefSchema({
  type,
  format,
  const: only,
  enum: values,
  default: preset,
  items,
  $ref,
}: JsonSchema): JsonSchema {
  return {
    ...(type !== undefined && { type }),
    ...(format !== undefined && { format }),
    ...(only !== undefined && { const: only }),
    ...(values !== undefined && values.length <= maxEnumValues && { enum: values }),
    ...(preset !== undefined && { default: preset }),
    ...(items !== undefined && { items: toBriefSchema(items) }),
    ...($ref !== undefined && { $ref }),
  };
}
