import { OattyError } from '@oatty/types';
import { productTools } from '../tools/tool-list.ts';
import type { Tool } from '../tools/tool.ts';
import type { ResourceTemplate } from './resource.ts';

const mimeType = 'application/schema+json';

export const toolOutput: ResourceTemplate = {
  uriTemplate: 'oatty://tool/output/{tool}',
  name: 'tool.output',
  title: 'Result of a tool',
  description: 'JSON Schema (2020-12) of the whole result of one tool; tools/list shows its first level.',
  mimeType,
  async read({ tool: name = '' }) {
    const tool = requireTool(name);
    const { toJSONSchema } = await import('zod');
    const schema = toJSONSchema(await tool.fullOutput(), { unrepresentable: 'any' });
    return [{ mimeType, text: JSON.stringify(schema) }];
  },
  complete: {
    tool: async (prefix) =>
      productTools.list
        .map(({ name }) => name)
        .filter((name) => name.startsWith(prefix))
        .sort(),
  },
};

// --- internal ---

function requireTool(name: string): Tool {
  try {
    return productTools.require(name);
  } catch (thrown) {
    const { message, options } = OattyError.from(thrown);
    throw new OattyError('RESOURCE_NOT_FOUND', message, options); // here it is part of an address
  }
}
