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
    const workflows = await import('./spec-pages/workflows.ts');
    const expressions = await import('./spec-pages/expressions.ts');
    return [
      { mimeType, text: workflows.page },
      { uri: `${uri}#expressions`, mimeType, text: expressions.page },
    ];
  },
};
