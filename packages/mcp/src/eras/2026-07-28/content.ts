/** The methods of resources and prompts, with how long their answers may be kept. */
import { toCompletionMethods } from '../../methods/completion.ts';
import type { Method, Methods } from '../../methods/method.ts';
import { toPromptMethods } from '../../methods/prompts.ts';
import { toResourceMethods } from '../../methods/resources.ts';
import { changing, unchanging } from './cache-hint.ts';
import { answerRound } from './input-round.ts';
import type { ModernCall } from './modern-call.ts';
import type { ModernSession } from './modern-session.ts';

export function toContentMethods(session: ModernSession): Methods<ModernCall> {
  const { oatty, surface, caller, readKey } = session;
  const methods: Methods<ModernCall> = {
    ...toResourceMethods(oatty, surface),
    ...toPromptMethods({
      ...session,
      answer: (request, call: ModernCall, read) =>
        answerRound({ call, request: ['prompts/get', caller.principal, request], readKey }, read),
    }),
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

function withHint(method: Method<ModernCall>, hint: object | undefined): Method<ModernCall> {
  return async (params, call) => ({ ...(await method(params, call)), ...hint });
}
