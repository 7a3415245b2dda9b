import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { productToolbox } from '../tools/product-toolbox.ts';
import type { Tool } from '../tools/tool.ts';
import type { ResourceTemplate } from './resource.ts';

const mimeType = 'application/schema+json';

export const toolOutput: ResourceTemplate = {
  uriTemplate: 'oatty://tool/output/{tool}',
  name: 'tool.output',
  title: 'Result of a tool',
  description: 'JSON Schema (2020-12) of the whole result of one tool; tools/list shows its first level.',
  mimeType,
  async read({ tool: name = '' }, oatty) {
    const tool = await requireTool(name, oatty);
    const { toJSONSchema } = await import('zod');
    const schema = toJSONSchema(await tool.fullOutput(), { unrepresentable: 'any' });
    return [{ mimeType, text: JSON.stringify(schema) }];
  },
  complete: {
    tool: async (prefix, oatty) =>
      (await productToolbox.read(oatty)).list
        .map(({ name }) => name)
        .filter((name) => name.startsWith(prefix))
        .sort(),
  },
};

// --- internal ---

async function requireTool(name: string, oatty: Oatty): Promise<Tool> {
  try {
    return await productToolbox.require(name, oatty);
  } catch (thrown) {
    const { message, options } = OattyError.from(thrown);
    throw new OattyError('RESOURCE_NOT_FOUND', message, options); // here it is part of an address
  }
}
