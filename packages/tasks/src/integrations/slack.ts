/** Messages in Slack, through the catalog that is imported from `descriptions/slack.yaml`. */
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { plainTextSchema } from '../schemas/task-schemas.ts';
import { defineAction, defineKind } from './action.ts';
import type { ActionCall, Made } from './action.ts';
import { lineSchema, vendorSchema } from './data-schemas.ts';
import type { CommandPort } from '../ports.ts';
import { readAnswer } from './read-answer.ts';

export const slack = defineKind({
  settings: z.strictObject({
    vendor: vendorSchema.default('slack'),
    channel: lineSchema.max(100).describe('Id or name of the channel where nothing else is said.'),
  }),
  open({ vendor, channel: usualChannel }, { commands }) {
    const command = `${vendor} chat.postMessage:create`;
    return {
      title: `Slack, ${usualChannel}`,
      check: () => commands.check(command),
      actions: {
        post_message: defineAction({
          summary: 'Post a message.',
          data: z.strictObject({
            text: plainTextSchema.min(1).max(4_000),
            channel: lineSchema.max(100).optional(),
          }),
          isRepeatable: false,
          isOncePerTask: false,
          fromTask: ({ title, due }) => ({ text: due === null ? title : `${title} (due ${due})` }),
          async carryOut({ text, channel = usualChannel }, call) {
            const body = { channel, text: escape(text) };
            const posted = readPosted(await commands.run(command, { with: {}, body }, call));
            return toMade(posted, await findLink(commands, vendor, { posted, call }));
          },
        }),
      },
    };
  },
});

// --- internal ---

const answerSchema = z.object({ ok: z.boolean(), error: z.string().max(200).optional() });
const postedSchema = z.object({ channel: z.string(), ts: z.string() });
type Posted = z.infer<typeof postedSchema>;

/** After these Slack itself does not know how far it came. */
const doubtfulErrors = new Set(['internal_error', 'fatal_error', 'request_timeout']);

/** Slack answers with 200 whatever has become of a call. */
function readPosted(answer: unknown): Posted {
  const { ok, error = 'no reason' } = readAnswer(answerSchema, answer, 'Slack');
  if (ok) return readAnswer(postedSchema, answer, 'Slack');
  const options = { context: { service: 'Slack', slack_error: error } };
  throw doubtfulErrors.has(error)
    ? new OattyError('OUTCOME_UNKNOWN', `Slack failed while it posted the message: ${error}.`, options)
    : new OattyError('DELIVERY_REFUSED', `Slack does not post the message: ${error}.`, options);
}

/** The message is posted already: without its address it is posted too. */
async function findLink(
  commands: CommandPort,
  vendor: string,
  { posted, call }: { readonly posted: Posted; readonly call: ActionCall },
): Promise<string | undefined> {
  try {
    const given = { channel: posted.channel, message_ts: posted.ts };
    const answer = await commands.run(`${vendor} chat.getPermalink:list`, { with: given }, call);
    return z.object({ permalink: z.url({ protocol: /^https?$/ }) }).parse(answer).permalink;
  } catch {
    return undefined;
  }
}

function toMade({ channel, ts }: Posted, url: string | undefined): Made {
  return {
    links: url === undefined ? [] : [{ title: 'Message', url }],
    details: { channel, ts },
  };
}

/** So that a text cannot call people together (`<!channel>`). */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
