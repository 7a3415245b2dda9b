import * as z from 'zod';
import { descriptionSource } from './argument-schemas.ts';
import { toDescriptionSource } from './description-source.ts';
import { defineTool } from './tool.ts';

export const catalogValidateOpenapi = defineTool({
  kind: 'call',
  name: 'catalog.validate_openapi',
  description: 'Says whether an OpenAPI document can be imported. Writes nothing.',
  safety: 'safe',
  executionType: 'http',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject(descriptionSource),
  output: z.object({
    valid: z.boolean(),
    source: z.string(),
    document_kind: z.string().describe('openapi_2, openapi_3 or unknown'),
    operation_count: z.int(),
    warnings: z.array(z.string()),
    violations: z.array(z.unknown()),
  }),
  run: (args, { oatty, signal }) => oatty.catalogs.validateOpenapi(toDescriptionSource(args, signal)),
});
