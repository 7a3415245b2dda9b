/**
 * What a prompt is. One file defines one prompt; `prompt-list.ts` has them all.
 *
 *   P1. A prompt is one message, short and true: what oatty knows about the subject now, and how to go on.
 *   P2. It never suggests a destructive tool, or a command that removes something.
 */
import type { Oatty } from '@oatty/runtime';
import type { Completion, ResourceContent } from '../resources/resource.ts';
import type { ToolClient } from '../tools/tool-client.ts';

export interface Prompt {
  /** Dotted: `workflow.author`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly PromptArgument[];
  /** @param values - every required one is there; none is unknown */
  toMessages(
    values: Readonly<Record<string, string>>,
    context: PromptContext,
  ): Promise<readonly PromptMessage[]>;
}

export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly content:
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'image'; readonly data: string; readonly mimeType: string }
    | { readonly type: 'resource'; readonly resource: ResourceContent & { readonly uri: string } };
}

interface PromptArgument {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** Its values that begin with a text. */
  readonly complete?: Completion;
}

export interface PromptContext {
  readonly oatty: Oatty;
  /** `workflow.save` → the name under which it is listed. */
  readonly tool: (name: string) => string;
  readonly client: Pick<ToolClient, 'can' | 'ask'>;
}

/** The one message of which the prompts of oatty consist. */
export function fromUser(text: string): readonly PromptMessage[] {
  return [{ role: 'user', content: { type: 'text', text } }];
}
