/** `resources/subscribe` and `resources/unsubscribe`. */
import * as z from 'zod';
import { defineMethod } from '../../methods/method.ts';
import type { Methods } from '../../methods/method.ts';
import type { Session } from './session.ts';

export function toSubscriptionMethods({ subscriptions }: Session): Methods {
  return {
    'resources/subscribe': defineMethod(uriParams, async ({ uri }) => {
      subscriptions.add(uri);
      return {};
    }),
    'resources/unsubscribe': defineMethod(uriParams, async ({ uri }) => {
      subscriptions.remove(uri);
      return {};
    }),
  };
}

// --- internal ---

const uriParams = z.object({ uri: z.string() });
