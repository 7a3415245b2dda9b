/** What a server offers, whatever revision its clients speak. */
import { productPrompts } from './prompts/prompt-list.ts';
import type { PromptSet } from './prompts/prompt-set.ts';
import { productResources } from './resources/resource-list.ts';
import type { ResourceSet } from './resources/resource-set.ts';
import { productTools } from './tools/tool-list.ts';
import type { ToolSet } from './tools/tool-set.ts';

export interface McpSurface {
  readonly tools: ToolSet;
  readonly resources: ResourceSet;
  readonly prompts: PromptSet;
}

/** Everything of oatty. */
export const productSurface: McpSurface = {
  tools: productTools,
  resources: productResources,
  prompts: productPrompts,
};
