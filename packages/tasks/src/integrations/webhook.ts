/** Events for a program of one's own, signed so that it can tell who sent them. */
import * as z from 'zod';
import { defineAction, defineKind } from './action.ts';

export const webhook = defineKind({
  settings: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .describe('Where events go.'),
    secret: z
      .string()
      .regex(/^(?!whsec_)[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'It is the name of a secret, not the secret.')
      .describe('Name of the secret (oatty secret set) that signs: whsec_ and base64.'),
  }),
  open: ({ url, secret }, { webhooks }) => ({
    title: `Webhook at ${new URL(url).host}`,
    check: () => webhooks.check(secret),
    actions: {
      send: defineAction({
        summary: 'Send a signed event.',
        data: z.strictObject({
          type: z
            .string()
            .regex(/^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$/)
            .max(100)
            .default('task.notified')
            .describe('What has happened, such as task.overdue.'),
          data: z.record(z.string(), z.unknown()).default({}),
        }),
        isRepeatable: true,
        isOncePerTask: false,
        fromTask: ({ series: _series, ...task }) => ({ data: task }),
        async carryOut({ type, data }, { key, askedAt, context }) {
          const id = `msg_${key}`;
          const body = JSON.stringify({ type, timestamp: askedAt.toISOString(), data });
          const status = await webhooks.send({ url, secretName: secret, id, body }, context.signal);
          return { links: [], details: { webhook_id: id, type, status } };
        },
      }),
    },
  }),
});
