import * as z from 'zod';
import { descriptionSource } from './argument-schemas.ts';
import { toDescriptionSource } from './description-source.ts';
import { requirePrivateAllowance } from './exposure-consent.ts';
import { defineTool } from './tool.ts';

export const catalogValidateOpenapi = defineTool({
  kind: 'call',
  name: 'catalog.validate_openapi',
  description: 'Says whether an OpenAPI document can be imported, and what is wrong. Writes nothing.',
  safety: 'safe',
  executionType: 'http',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject(descriptionSource),
  output: {
    valid: 'boolean',
    source: 'string',
    document_kind: 'string',
    operation_count: 'integer',
    warnings: 'array',
    violations: 'array',
  },
  fullOutput: async () => (await import('../outputs/catalog-outputs.ts')).openapiValidation,
  async run(args, context) {
    requirePrivateAllowance(args, context);
    return context.oatty.catalogs.validateOpenapi(toDescriptionSource(args, context.signal));
  },
});
