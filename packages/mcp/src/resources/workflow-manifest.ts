import { OattyError, workflowIdPattern } from '@oatty/types';
import type { ResourceTemplate } from './resource.ts';

const mimeTypes = { yaml: 'application/yaml', json: 'application/json' } as const;

export const workflowManifest: ResourceTemplate = {
  uriTemplate: 'oatty://workflow/manifest/{workflow_id}',
  variable: 'workflow_id',
  name: 'workflow.manifest',
  title: 'A saved workflow',
  description: "The author's text of one saved workflow.",
  async read(workflowId, oatty) {
    if (!workflowIdPattern.test(workflowId)) {
      throw new OattyError('RESOURCE_NOT_FOUND', 'That address holds no workflow id.', {
        suggestedAction: 'Read oatty://workflow/manifests to see which workflows there are.',
      });
    }
    const { format, content } = await oatty.workflows.get(workflowId);
    return { mimeType: mimeTypes[format], text: content };
  },
  async complete(prefix, oatty) {
    const { items } = await oatty.workflows.list();
    return items
      .map((item) => item.workflow_id)
      .filter((id) => id.startsWith(prefix))
      .sort();
  },
};
