import { OattyError } from '@oatty/types';
import type { ResourceTemplate } from './resource.ts';

const mimeTypes = { yaml: 'application/yaml', json: 'application/json' } as const;

export const workflowManifest: ResourceTemplate = {
  uriTemplate: 'oatty://workflow/manifest/{workflow_id}',
  name: 'workflow.manifest',
  title: 'A saved workflow',
  description: "The author's text of one saved workflow.",
  async read({ workflow_id: workflowId = '' }, oatty) {
    const { format, content } = await oatty.workflows.get(workflowId).catch(refuseWrongId);
    return [{ mimeType: mimeTypes[format], text: content }];
  },
  complete: {
    async workflow_id(prefix, oatty) {
      const { items } = await oatty.workflows.list();
      return items.map((item) => item.workflow_id).filter((id) => id.startsWith(prefix));
    },
  },
  async list(oatty) {
    const { items } = await oatty.workflows.list();
    return items.map(({ workflow_id, title, description, format, version }) => ({
      uri: `oatty://workflow/manifest/${workflow_id}`,
      name: `workflow.manifest:${workflow_id}`,
      title: title ?? workflow_id,
      description: description ?? 'A saved workflow.',
      mimeType: mimeTypes[format],
      _meta: { 'oatty/version': version },
    }));
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
