/** Every prompt, in the order of `prompts/list`. */
import { PromptSet } from './prompt-set.ts';
import { workflowAuthor } from './workflow-author.ts';
import { workflowExtend } from './workflow-extend.ts';
import { workflowFixValidation } from './workflow-fix-validation.ts';
import { workflowRunWithInputs } from './workflow-run-with-inputs.ts';

export const productPrompts: PromptSet = new PromptSet([
  workflowAuthor,
  workflowExtend,
  workflowFixValidation,
  workflowRunWithInputs,
]);
