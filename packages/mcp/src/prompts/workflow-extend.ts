import { manifestArgument, readGivenManifest, toSaveAdvice } from './given-manifest.ts';
import { fromUser } from './prompt.ts';
import type { Prompt } from './prompt.ts';
import { writingRules } from './writing-rules.ts';

export const workflowExtend: Prompt = {
  name: 'workflow.extend',
  title: 'Change a workflow',
  description: 'Changes a manifest as asked and leaves the rest as it is.',
  arguments: [manifestArgument, { name: 'changes', description: 'What is to change.', required: true }],
  async toMessages({ manifest = '', changes = '' }, { oatty, tool }) {
    const given = await readGivenManifest(manifest, oatty);
    return fromUser(`Change this oatty workflow.

Changes: ${changes.trim()}

\`\`\`
${given.text}
\`\`\`

Keep everything else: the order of keys, inputs and steps, the comments, the ids.

Rules:
${await writingRules()}

How to go on:
1. Find commands with ${tool('command.search')} and read them with ${tool('command.get')}.
2. Check the whole new manifest with ${tool('workflow.validate')} until there are no violations.
3. Show what changed, then keep it with ${toSaveAdvice(given, tool)}.`);
  },
};
