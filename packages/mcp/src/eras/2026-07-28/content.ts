/** The methods of resources and prompts, with how long their answers may be kept. */
import { toCompletionMethods } from '../../methods/completion.ts';
import type { Call, Method, Methods } from '../../methods/method.ts';
import { toPromptMethods } from '../../methods/prompts.ts';
import { toResourceMethods } from '../../methods/resources.ts';
import { changing, unchanging } from './cache-hint.ts';
import type { ModernSession } from './modern-session.ts';

export function toContentMethods({ oatty, surface, toolNames }: ModernSession): Methods {
  const methods = {
    ...toResourceMethods(oatty, surface),
    ...toPromptMethods(oatty, surface, toolNames),
    ...toCompletionMethods(oatty, surface),
  };
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [name, withHint(method, hints[name])] as const),
  );
}

// --- internal ---

const hints: Readonly<Record<string, object>> = {
  'resources/list': changing,
  'resources/templates/list': unchanging,
  'resources/read': changing,
  'prompts/list': unchanging,
};

function withHint(method: Method, hint: object | undefined): Method {
  return async (params: unknown, call: Call) => ({ ...(await method(params, call)), ...hint });
}
