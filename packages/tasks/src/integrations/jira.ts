/**
 * Issues in Jira, through the catalog that is imported from `descriptions/jira.yaml` (or from Atlassian's own).
 *
 * Jira knows no idempotency key: when the connection breaks off, nobody knows whether there is an issue.
 */
import * as z from 'zod';
import { toDayOf } from './day-of.ts';
import { defineAction, defineKind } from './action.ts';
import { lineSchema, vendorSchema } from './data-schemas.ts';
import { readAnswer } from './read-answer.ts';

const maxSummaryLength = 255;

export const jira = defineKind({
  settings: z.strictObject({
    vendor: vendorSchema.default('atlassian'),
    project: lineSchema.max(100).describe('Key of the project that issues are made in.'),
    issue_type: lineSchema.max(100).default('Task'),
  }),
  open({ vendor, project, issue_type: issueType }, { commands }) {
    const command = `${vendor} rest:api:3:issue:create`;
    return {
      title: `Jira, project ${project}`,
      check: () => commands.check(command),
      actions: {
        create_issue: defineAction({
          summary: 'Create an issue.',
          data: z.strictObject({
            title: lineSchema.max(maxSummaryLength),
            description: z.string().max(20_000).optional(),
            due: z.iso.date().optional().describe('A day.'),
            labels: z
              .array(z.string().regex(/^\S{1,255}$/))
              .max(50)
              .optional(),
          }),
          isRepeatable: false,
          isOncePerTask: true,
          fromTask: ({ title, description, due }, zone) => ({
            title: title.replaceAll(/\s+/g, ' ').slice(0, maxSummaryLength),
            ...(description !== null && { description }),
            ...(due !== null && { due: toDayOf(due, zone) }),
          }),
          async carryOut({ title, description, due, labels }, { key, context }) {
            const fields = {
              project: { key: project },
              issuetype: { name: issueType },
              summary: title,
              ...(description !== undefined && { description: toDocument(description) }),
              ...(due !== undefined && { duedate: due }),
              ...(labels !== undefined && { labels }),
            };
            const answer = await commands.run(command, { with: {}, body: { fields } }, { key, context });
            const issue = readAnswer(createdSchema, answer, 'Jira');
            const url = `${new URL(issue.self).origin}/browse/${encodeURIComponent(issue.key)}`;
            return { links: [{ title: issue.key, url }], details: { key: issue.key, id: issue.id } };
          },
        }),
      },
    };
  },
});

// --- internal ---

const createdSchema = z.object({ id: z.string(), key: z.string(), self: z.url({ protocol: /^https?$/ }) });

/** Lines → paragraphs of the Atlassian Document Format. */
function toDocument(text: string): object {
  const paragraphs = text.split(/\r?\n/).map((line) => ({
    type: 'paragraph',
    content: line === '' ? [] : [{ type: 'text', text: line }],
  }));
  return { type: 'doc', version: 1, content: paragraphs };
}
