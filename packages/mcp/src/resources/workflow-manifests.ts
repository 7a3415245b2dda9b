import type { Resource } from './resource.ts';

export const workflowManifests: Resource = {
  uri: 'oatty://workflow/manifests',
  name: 'workflow.manifests',
  title: 'Saved workflows',
  description: 'Id, title, description, path, format and version of each saved workflow.',
  mimeType: 'application/json',
  async read(oatty) {
    return [{ mimeType: 'application/json', text: JSON.stringify(await oatty.workflows.list()) }];
  },
};
