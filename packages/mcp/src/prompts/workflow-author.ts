import type { Oatty } from '@oatty/runtime';
import { completeVendor, listVendors } from '../resources/vendors.ts';
import { fromUser } from './prompt.ts';
import type { Prompt, PromptContext } from './prompt.ts';
import { exampleManifest, writingRules } from './writing-rules.ts';

export const workflowAuthor: Prompt = {
  name: 'workflow.author',
  title: 'Write a workflow',
  description: 'Drafts a new workflow in YAML from a goal, with commands that are there.',
  arguments: [
    { name: 'goal', description: 'What the workflow is to do.', required: true },
    {
      name: 'target_system',
      description: 'The vendor whose commands it uses.',
      required: false,
      complete: completeVendor,
    },
    { name: 'constraints', description: 'What it must keep to.', required: false },
  ],
  async toMessages({ goal = '', target_system: target, constraints }, context) {
    const { tool } = context;
    return fromUser(`Write an oatty workflow.

Goal: ${goal.trim()}${constraints ? `\nConstraints: ${constraints.trim()}` : ''}
${await describeTarget(goal, target?.trim(), context)}
Rules:
${await writingRules()}

The form, by example:
\`\`\`yaml
${await exampleManifest()}\`\`\`

How to go on:
1. Read each command with ${tool('command.get')} before you use it; find more with ${tool('command.search')}.
2. The whole form is in the resource oatty://workflow/spec.
3. Check the draft with ${tool('workflow.validate')} and do what the suggestions say, until there are no violations.
4. Show the manifest in YAML, then keep it with ${tool('workflow.save')}.`);
  },
};

// --- internal ---

const maxCommands = 10;

async function describeTarget(
  goal: string,
  target: string | undefined,
  { oatty, tool }: PromptContext,
): Promise<string> {
  const vendors = await listVendors(oatty);
  if (target !== undefined && target !== '' && !vendors.includes(target)) {
    return `
There are no commands of "${target}" yet${vendors.length > 0 ? ` (there are: ${vendors.slice(0, 20).join(', ')})` : ''}. Ask the person for its OpenAPI description, then: ${tool('catalog.validate_openapi')}, ${tool('catalog.preview_import')}, ${tool('catalog.import_openapi')}.
`;
  }
  const found = await findCommands(goal, target === '' ? undefined : target, oatty);
  if (found.length === 0) return '';
  return `
Commands that may fit:
${found.map(({ id, summary, effect }) => `- ${id} (${effect}): ${summary}`).join('\n')}
`;
}

/** P2: none that removes something. */
async function findCommands(goal: string, vendor: string | undefined, oatty: Oatty) {
  const { items } = await oatty.commands.search(goal, { ...(vendor !== undefined && { vendor }), limit: 30 });
  return items.filter(({ effect }) => effect !== 'destructive').slice(0, maxCommands);
}
