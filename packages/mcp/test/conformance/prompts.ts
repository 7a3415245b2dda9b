/** Prompts of the conformance suite. */
import { PromptSet } from '../../src/prompts/prompt-set.ts';
import type { Prompt, PromptContext, PromptMessage } from '../../src/prompts/prompt.ts';
import { form, pixel } from './call-tools.ts';

export const fixturePrompts: PromptSet = new PromptSet([
  aPrompt('test_simple_prompt', [], async () => [said('This is a simple prompt for testing.')]),
  aPrompt('test_prompt_with_arguments', ['arg1', 'arg2'], async ({ arg1, arg2 }) => [
    said(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`),
  ]),
  aPrompt('test_prompt_with_embedded_resource', ['resourceUri'], async ({ resourceUri = '' }) => [
    {
      role: 'user',
      content: {
        type: 'resource',
        resource: {
          uri: resourceUri,
          mimeType: 'text/plain',
          text: 'Embedded resource content for testing.',
        },
      },
    },
    said('Please process the embedded resource above.'),
  ]),
  aPrompt('test_prompt_with_image', [], async () => [
    { role: 'user', content: { type: 'image', data: pixel, mimeType: 'image/png' } },
    said('Please analyze the image above.'),
  ]),
  aPrompt('test_input_required_result_prompt', [], async (_, { client }) => {
    const { user_context: answer } = await client.ask({
      user_context: form('What is this about?', { context: { type: 'string' } }, ['context']),
    });
    return [said(JSON.stringify(answer?.['content']))];
  }),
]);

// --- internal ---

function aPrompt(
  name: string,
  required: readonly string[],
  toMessages: (
    values: Readonly<Record<string, string>>,
    context: PromptContext,
  ) => Promise<readonly PromptMessage[]>,
): Prompt {
  const description = 'A fixture of the conformance suite.';
  const taken = required.map((argument) => ({ name: argument, description, required: true }));
  return { name, title: name, description, arguments: taken, toMessages };
}

function said(text: string): PromptMessage {
  return { role: 'user', content: { type: 'text', text } };
}
