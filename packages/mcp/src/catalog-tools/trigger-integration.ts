import * as z from 'zod';
import { defineCatalogTool } from './catalog-tool.ts';

export const triggerIntegration = defineCatalogTool({
  name: 'trigger_integration',
  command: 'tasks integrations:trigger',
  description:
    'Does something outside: sends a mail (integration "email", action "send", data {to, subject, body}), makes an issue, posts a message, creates an event. The command "tasks integrations:list" tells which there are and which data they take.',
  safety: 'standard',
  isIdempotent: false,
  isOpenWorld: true,
  view: 'ui://integrations/confirmation',
  given: z.looseObject({
    integration: z.string(),
    action: z.string(),
    links: z.array(z.object({ title: z.string(), url: z.string() })),
    repeated: z.boolean(),
  }),
  output: { type: 'string' },
  toDocument: (given) => ({ type: 'integration_triggered', ...given }),
  toText: ({ integration, action, links, repeated }) =>
    [
      `${integration}: ${action} ${repeated ? 'was done before; nothing was done again' : 'is done'}.`,
      ...links.map(({ title, url }) => `- ${title}: ${url}`),
    ].join('\n'),
});
