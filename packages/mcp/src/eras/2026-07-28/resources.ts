/** The methods of resources, with how long their answers may be kept. */
import type { Call, Method, Methods } from '../../methods/method.ts';
import { toResourceMethods as toMethods } from '../../methods/resources.ts';
import { changing, unchanging } from './cache-hint.ts';
import type { ModernSession } from './modern-session.ts';

export function toResourceMethods({ oatty, surface }: ModernSession): Methods {
  const methods = toMethods(oatty, surface);
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [name, withHint(method, hints[name])] as const),
  );
}

// --- internal ---

const hints: Readonly<Record<string, object>> = {
  'resources/list': unchanging,
  'resources/templates/list': unchanging,
  'resources/read': changing,
};

function withHint(method: Method, hint: object | undefined): Method {
  return async (params: unknown, call: Call) => ({ ...(await method(params, call)), ...hint });
}
