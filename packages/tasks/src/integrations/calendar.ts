/**
 * Events in Google Calendar, through the catalog that is imported from `descriptions/google-calendar.yaml`.
 *
 * The id of an event is chosen here, from the key: an event that is there already is answered with 409, and shown.
 */
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { nextDay } from '../time/zoned-now.ts';
import { isWholeDay } from '../task.ts';
import { defineAction, defineKind } from './action.ts';
import type { Made } from './action.ts';
import { lineSchema, vendorSchema } from './data-schemas.ts';
import { readAnswer } from './read-answer.ts';

export const calendar = defineKind({
  settings: z.strictObject({
    vendor: vendorSchema.default('googleapis'),
    calendar: lineSchema.max(250).default('primary').describe('Id of the calendar.'),
    minutes: z.int().min(1).max(1_440).default(30).describe('How long an event lasts that has no end.'),
  }),
  open({ vendor, calendar: calendarId, minutes }, { commands }) {
    const command = `${vendor} calendars:events:create`;
    return {
      title: `Google Calendar, ${calendarId}`,
      check: () => commands.check(command),
      actions: {
        create_event: defineAction({
          summary: 'Create an event.',
          data: z
            .strictObject({
              title: lineSchema.max(500),
              description: z.string().max(8_000).optional(),
              start: momentSchema.describe('A whole day (2026-03-29) or an instant (2026-03-29T09:00:00Z).'),
              end: momentSchema.optional().describe('As the start is; a day is the last one.'),
            })
            .refine(
              ({ start, end = start }) =>
                isWholeDay(start) === isWholeDay(end) && toTime(start) <= toTime(end),
              {
                message: 'It is not a day or an instant as the start is, or lies before it.',
                path: ['end'],
              },
            ),
          isRepeatable: true,
          isOncePerTask: true,
          fromTask: ({ title, description, due }) => ({
            title: title.replaceAll(/\s+/g, ' '),
            ...(description !== null && { description: description.slice(0, 8_000) }),
            ...(due !== null && { start: due }),
          }),
          async carryOut({ title, description, start, end }, { key, context }) {
            const body = {
              id: key,
              summary: title,
              ...(description !== undefined && { description }),
              ...toSpan(start, end, minutes),
            };
            const options = { key, context, isRepeatable: true };
            try {
              const given = { with: { calendarId }, body };
              return toMade(await commands.run(command, given, options));
            } catch (thrown) {
              if (!isTaken(thrown)) throw thrown;
              const given = { with: { calendarId, eventId: key } };
              return toMade(await commands.run(`${vendor} calendars:events:info`, given, options));
            }
          },
        }),
      },
    };
  },
});

// --- internal ---

const momentSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const eventSchema = z.object({
  id: z.string(),
  status: z.string(),
  htmlLink: z.url({ protocol: /^https?$/ }).optional(),
});

function toTime(moment: string): number {
  return Date.parse(moment);
}

/** The end of whole days is the day after the last one. */
function toSpan(start: string, end: string | undefined, minutes: number) {
  if (isWholeDay(start)) return { start: { date: start }, end: { date: nextDay(end ?? start) } };
  const last = end ?? new Date(toTime(start) + minutes * 60_000).toISOString();
  return { start: { dateTime: start }, end: { dateTime: last } };
}

function isTaken(thrown: unknown): boolean {
  return (
    thrown instanceof OattyError && thrown.code === 'HTTP_ERROR' && thrown.options.context?.['status'] === 409
  );
}

function toMade(answer: unknown): Made {
  const { id, status, htmlLink } = readAnswer(eventSchema, answer, 'Google Calendar');
  if (status === 'cancelled') {
    throw new OattyError('DELIVERY_REFUSED', 'The event was made before, and somebody has removed it.', {
      suggestedAction: 'Call again with an idempotency_key of its own to make another one.',
    });
  }
  return {
    links: htmlLink === undefined ? [] : [{ title: 'Event', url: htmlLink }],
    details: { event_id: id, status },
  };
}
