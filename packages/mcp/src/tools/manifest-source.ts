/** A workflow in the arguments of a tool: a saved one by id, or a manifest itself. */
import type { WorkflowSelector } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { jsonObject } from './argument-schemas.ts';

/** Text of YAML or JSON, or the manifest as an object. */
export const manifestContent = z.union(
  [z.string(), jsonObject],
  'expected a text of YAML or JSON, or an object',
);

export const manifestSource = {
  workflow_id: z.string().optional(),
  manifest_content: manifestContent.optional().describe('Or this: YAML or JSON.'),
};

export type ManifestSource = z.infer<z.ZodObject<typeof manifestSource>>;

/** @throws {OattyError} `ARGUMENT_INVALID` unless exactly one of the two is given */
export function toSelector({ workflow_id, manifest_content }: ManifestSource): WorkflowSelector {
  if (workflow_id !== undefined && manifest_content === undefined) return { workflowId: workflow_id };
  if (manifest_content !== undefined && workflow_id === undefined) return { manifest: manifest_content };
  throw new OattyError('ARGUMENT_INVALID', 'Exactly one of workflow_id and manifest_content is needed.', {
    suggestedAction: 'Give the id of a saved workflow, or the manifest itself.',
    context: { arguments: ['workflow_id', 'manifest_content'] },
  });
}
