import type { Resource } from './resource.ts';

export const workflowSchema: Resource = {
  uri: 'oatty://workflow/schema',
  name: 'workflow.schema',
  title: 'JSON Schema of a workflow',
  description: 'JSON Schema (2020-12) of the manifest; every field is described.',
  mimeType: 'application/schema+json',
  async read() {
    const { toDocumentSchema } = await import('@oatty/types'); // builds every schema of oatty: not at start-up
    return [{ mimeType: 'application/schema+json', text: JSON.stringify(toDocumentSchema('workflow')) }];
  },
};
