/** E-mail, through the mail server of this oatty. */
import type { HandlerContext } from '@oatty/types';
import * as z from 'zod';
import { plainTextSchema } from '../schemas/task-schemas.ts';
import type { MailPort } from '../ports.ts';
import { defineAction } from './action.ts';
import { lineSchema } from './data-schemas.ts';
import type { OpenIntegration } from './action.ts';

export function openEmail(mail: MailPort, context: HandlerContext): OpenIntegration {
  return {
    title: 'E-mail',
    check: () => mail.check(context),
    actions: {
      send: defineAction({
        summary: 'Send a mail as plain text.',
        data: mailSchema,
        isRepeatable: false,
        isOncePerTask: false,
        fromTask: ({ title, description, due }) => ({
          subject: title.replaceAll(/\s+/g, ' '),
          body: [title, due === null ? '' : `Due: ${due}`, description ?? '']
            .filter((part) => part !== '')
            .join('\n\n'),
        }),
        async carryOut({ to, cc, subject, body }, { key, askedAt }) {
          const receipt = await mail.send(
            { to: toList(to), cc, subject, text: body, key, writtenAt: askedAt },
            context,
          );
          return { links: [], details: { ...receipt, subject } };
        },
      }),
    },
  };
}

// --- internal ---

const maxRecipients = 50;

/** Alone, without a name: so nothing in it can end a header or begin another one. */
const addressSchema = z.email().max(254);

const mailSchema = z
  .strictObject({
    to: z.union([addressSchema, z.array(addressSchema).min(1)]).describe('One address, or several.'),
    cc: z.array(addressSchema).default([]),
    subject: lineSchema.max(250),
    body: plainTextSchema.min(1).max(100_000).describe('Plain text.'),
  })
  .refine(({ to, cc }) => toList(to).length + cc.length <= maxRecipients, {
    message: `There are more than ${maxRecipients} recipients.`,
    path: ['to'],
  });

function toList(to: string | readonly string[]): readonly string[] {
  return typeof to === 'string' ? [to] : to;
}
