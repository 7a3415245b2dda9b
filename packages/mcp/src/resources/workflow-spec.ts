import type { Resource } from './resource.ts';

export const workflowSpec: Resource = {
  uri: 'oatty://workflow/spec',
  name: 'workflow.spec',
  title: 'How to write a workflow',
  description: 'The manifest: fields, expressions, execution, with examples. Read it before drafting.',
  mimeType: 'text/markdown',
  async read() {
    const { workflowSpecText } = await import('./workflow-spec-text.ts');
    return { mimeType: 'text/markdown', text: workflowSpecText };
  },
};
