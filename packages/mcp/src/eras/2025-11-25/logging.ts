/** `logging/setLevel`: what the client wants to hear of its own calls. Nothing until it says so. */
import * as z from 'zod';
import { defineMethod } from '../../methods/method.ts';
import type { Methods } from '../../methods/method.ts';
import { logLevels } from '../../tools/tool-client.ts';
import type { Session } from './session.ts';

export function toLoggingMethods({ link }: Session): Methods {
  return {
    'logging/setLevel': defineMethod(z.object({ level: z.enum(logLevels) }), async ({ level }) => {
      link.logLevel = level;
      return {};
    }),
  };
}
