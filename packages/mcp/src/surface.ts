/** What a server offers, whatever revision its clients speak. */
import { productPrompts } from './prompts/prompt-list.ts';
import type { PromptSet } from './prompts/prompt-set.ts';
import { productResources } from './resources/resource-list.ts';
import type { ResourceSet } from './resources/resource-set.ts';
import { productToolbox } from './tools/product-toolbox.ts';
import type { Toolbox } from './tools/toolbox.ts';

export interface McpSurface {
  readonly tools: Toolbox;
  readonly resources: ResourceSet;
  readonly prompts: PromptSet;
}

/** Everything of oatty. */
export const productSurface: McpSurface = {
  tools: productToolbox,
  resources: productResources,
  prompts: productPrompts,
};
