/** The kinds of integrations that users set up. E-mail is none of them: its server is set up in the environment. */
import type { IntegrationKind } from './action.ts';
import { calendar } from './calendar.ts';
import { jira } from './jira.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';

export const integrationKinds = { webhook, jira, slack, calendar } as const satisfies Record<
  string,
  IntegrationKind
>;

export type KindName = keyof typeof integrationKinds;

export const kindNames = Object.keys(integrationKinds) as [KindName, ...KindName[]]; // of the table above
