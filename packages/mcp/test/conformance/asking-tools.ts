/** Tools of the conformance suite that ask the client something before they answer. */
import * as z from 'zod';
import type { ClientAnswer, ClientAnswers, ClientRequest } from '../../src/tools/tool-client.ts';
import { ToolContent } from '../../src/tools/tool-content.ts';
import { defineTool } from '../../src/tools/tool.ts';
import type { Tool, ToolContext } from '../../src/tools/tool.ts';
import { answering, described, form, text } from './call-tools.ts';

export const askingTools: readonly Tool[] = [
  defineTool({
    ...described('test_sampling'),
    input: z.object({ prompt: z.string() }),
    run: async ({ prompt }, { client }) => {
      const { answer } = await client.ask({ answer: sampling(prompt) });
      return new ToolContent(...text(`LLM response: ${JSON.stringify(answer?.['content'])}`));
    },
  }),
  defineTool({
    ...described('test_elicitation'),
    input: z.object({ message: z.string() }),
    run: async ({ message }, { client }) => {
      const properties = { username: { type: 'string' }, email: { type: 'string' } };
      const { answer } = await client.ask({ answer: form(message, properties, ['username', 'email']) });
      return new ToolContent(...text(`User response: ${told(answer)}`));
    },
  }),
  asking('test_elicitation_sep1034_defaults', {
    answer: form('Your details?', {
      name: { type: 'string', default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      score: { type: 'number', default: 95.5 },
      status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', default: true },
    }),
  }),
  asking('test_elicitation_sep1330_enums', {
    answer: form('Your choices?', {
      untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
      titledSingle: { type: 'string', oneOf: titled('First Option', 'Second Option', 'Third Option') },
      legacyEnum: {
        type: 'string',
        enum: ['opt1', 'opt2', 'opt3'],
        enumNames: ['Option One', 'Option Two', 'Option Three'],
      },
      untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
      titledMulti: {
        type: 'array',
        items: { anyOf: titled('First Choice', 'Second Choice', 'Third Choice') },
      },
    }),
  }),
  asking('test_input_required_result_elicitation', { user_name: nameForm() }),
  asking('test_streaming_elicitation', { user_name: nameForm() }),
  asking('test_input_required_result_sampling', {
    capital_question: sampling('What is the capital of France?'),
  }),
  asking('test_input_required_result_list_roots', { client_roots: { method: 'roots/list', params: {} } }),
  asking('test_input_required_result_request_state', { confirm: confirmation() }, 'state-ok'),
  asking('test_input_required_result_tampered_state', { confirm: confirmation() }),
  asking('test_input_required_result_multiple_inputs', {
    user_name: nameForm(),
    greeting: sampling('Generate a greeting'),
    client_roots: { method: 'roots/list', params: {} },
  }),
  answering('test_input_required_result_multi_round', async ({ client }) => {
    const first = await client.ask({ step1: nameForm() });
    const second = await client.ask({ step2: form('Your favourite colour?', { color: { type: 'string' } }) });
    return text(`${told(first['step1'])} ${told(second['step2'])}`);
  }),
  answering('test_input_required_result_capabilities', async ({ client }) => {
    const possible = { sampling: sampling('Hello?'), form: nameForm() };
    const allowed = Object.entries(possible).filter(([, { method }]) => client.can(method));
    return text(JSON.stringify(await client.ask(Object.fromEntries(allowed))));
  }),
  asking('test_missing_capability', { answer: sampling('Hello?') }),
];

export function nameForm(): ClientRequest {
  return form('What is your name?', { name: { type: 'string' } }, ['name']);
}

// --- internal ---

/** Asks everything at once, and answers with what came back. */
function asking(name: string, requests: Readonly<Record<string, ClientRequest>>, prefix = ''): Tool {
  return answering(name, async ({ client }: ToolContext) => {
    const answers: ClientAnswers = await client.ask(requests);
    return text(`${prefix} Elicitation completed: ${Object.values(answers).map(told).join(' ')}`);
  });
}

function told(answer: ClientAnswer | undefined): string {
  const { action, content } = answer ?? {};
  return `action=${String(action)}, content=${JSON.stringify(content ?? answer)}`;
}

function sampling(prompt: string): ClientRequest {
  const messages = [{ role: 'user', content: { type: 'text', text: prompt } }];
  return { method: 'sampling/createMessage', params: { messages, maxTokens: 100 } };
}

function confirmation(): ClientRequest {
  return form('Please confirm', { ok: { type: 'boolean' } }, ['ok']);
}

function titled(...titles: readonly string[]) {
  return titles.map((title, index) => ({ const: `value${index + 1}`, title }));
}
