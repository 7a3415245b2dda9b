/** A workflow in the arguments of a tool: a saved one by id, or a manifest itself. */
import type { WorkflowSelector } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { jsonObject } from './argument-schemas.ts';

export const manifestSource = {
  workflow_id: z.string().optional().describe('Id of a saved workflow; this or manifest_content.'),
  manifest_content: z
    .union([z.string(), jsonObject])
    .optional()
    .describe('The manifest: YAML or JSON text, or an object.'),
  format: z.enum(['yaml', 'json']).optional().describe('Of a manifest text; detected when absent.'),
};

export type ManifestSource = z.infer<z.ZodObject<typeof manifestSource>>;

/** @throws {OattyError} `ARGUMENT_INVALID` unless exactly one of the two is given */
export function toSelector(source: ManifestSource): WorkflowSelector {
  const { workflow_id: workflowId, manifest_content: manifest, format } = source;
  if ((workflowId === undefined) === (manifest === undefined)) {
    throw new OattyError('ARGUMENT_INVALID', 'Exactly one of workflow_id and manifest_content is needed.', {
      suggestedAction: 'Give the id of a saved workflow, or the manifest itself.',
      context: { arguments: ['workflow_id', 'manifest_content'] },
    });
  }
  if (format !== undefined && typeof manifest !== 'string') {
    throw new OattyError('ARGUMENT_INVALID', 'format says how a manifest text is written.', {
      suggestedAction: 'Leave format out, or give manifest_content as text.',
      context: { arguments: ['format'] },
    });
  }
  if (manifest === undefined) return { workflowId: workflowId ?? '' };
  return { manifest, ...(format && { format }) };
}
