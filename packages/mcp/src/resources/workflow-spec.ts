import type { Resource } from './resource.ts';

const uri = 'oatty://workflow/spec';
const mimeType = 'text/markdown';

export const workflowSpec: Resource = {
  uri,
  name: 'workflow.spec',
  title: 'How to write a workflow',
  description: 'The manifest and its expressions, with examples. Read it before drafting.',
  mimeType,
  async read() {
    const { workflowsPage, expressionsPage } = await import('./spec-pages.ts');
    return [
      { mimeType, text: workflowsPage },
      { uri: `${uri}#expressions`, mimeType, text: expressionsPage },
    ];
  },
};
