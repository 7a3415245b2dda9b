import { OattyError } from '@oatty/types';
import type { ResourceTemplate } from './resource.ts';

const mimeTypes = { yaml: 'application/yaml', json: 'application/json' } as const;

export const workflowManifest: ResourceTemplate = {
  uriTemplate: 'oatty://workflow/manifest/{workflow_id}',
  variable: 'workflow_id',
  name: 'workflow.manifest',
  title: 'A saved workflow',
  description: "The author's text of one saved workflow.",
  async read(workflowId, oatty) {
    const { format, content } = await oatty.workflows.get(workflowId).catch(refuseWrongId);
    return [{ mimeType: mimeTypes[format], text: content }];
  },
  async complete(prefix, oatty) {
    const { items } = await oatty.workflows.list();
    return items
      .map((item) => item.workflow_id)
      .filter((id) => id.startsWith(prefix))
      .sort();
  },
};

// --- internal ---

/** What is no id in a call is an address without a resource here. */
function refuseWrongId(thrown: unknown): never {
  const error = OattyError.from(thrown);
  if (error.traits.category !== 'validation') throw error;
  throw new OattyError('RESOURCE_NOT_FOUND', error.message, {
    suggestedAction: 'Read oatty://workflow/manifests to see which workflows there are.',
    cause: error,
  });
}
