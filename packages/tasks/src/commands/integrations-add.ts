/**
 * Sets an integration up.
 *
 *   A1. Where data and secrets go is chosen by a person or a program at this machine, by a call of its own: neither by a
 *       model over MCP nor by a step of a run, which somebody else may have planned.
 *   A2. It belongs to whoever adds it; `shared` lets every user of this oatty trigger it, and nobody else change it.
 */
import { defineCommand, OattyError } from '@oatty/types';
import type { HandlerContext, ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import { emailName } from '../integrations/find-integration.ts';
import { integrationKinds, kindNames } from '../integrations/kinds.ts';
import { toDataViolations } from '../integrations/parse-data.ts';
import type { TasksPorts } from '../ports.ts';
import { deleteIntegration, hasIntegration, replaceIntegration } from '../rows/integration-rows.ts';
import { lockUser } from '../rows/user-rows.ts';

export function integrationsAddCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Set up an integration, or set it up anew: a webhook, Jira, Slack, a calendar.',
    description:
      'Its name is how it is triggered. Jira, Slack and Google Calendar are called through their imported catalogs, a webhook with a signing secret. Only on the command line and in the library.',
    effect: 'standard',
    tags: ['tasks', 'integration', 'webhook', 'jira', 'slack', 'calendar'],
    input: z.object({
      name: nameSchema.refine((name) => name !== emailName, 'E-mail is set up in the environment.'),
      kind: z.enum(kindNames),
      settings: z.record(z.string(), z.unknown()).default({}).describe('What the kind takes.'),
      shared: z.boolean().default(false).describe('Every user may trigger it.'),
    }),
    output: z.object({
      name: z.string(),
      kind: z.string(),
      settings: z.record(z.string(), z.unknown()),
      shared: z.boolean(),
      problem: z.string().nullable().describe('What keeps it from being used now.'),
    }),
    positionals: ['name', 'kind'],
    async handler({ name, kind, settings: given, shared }, context) {
      refuseUnlessHere(context);
      const { settings: schema, open } = integrationKinds[kind];
      const parsed = schema.safeParse(given);
      if (!parsed.success) throw toDataViolations(parsed.error, `${kind} settings`, '$.with.settings');
      const settings = parsed.data;
      const now = ports.clock.now();
      const database = await ports.database();
      await database.transact(function* () {
        const { user_id } = yield* lockUser(context.caller, now);
        const row = { name, kind, settings: JSON.stringify(settings), is_shared: shared };
        yield* replaceIntegration(user_id, row, now.toISOString());
      });
      const problem = await open(settings, ports)
        .check()
        .then(
          () => null,
          (thrown: unknown) => toProblem(OattyError.from(thrown)),
        );
      return { name, kind, settings: { ...settings }, shared, problem };
    },
  });
}

export function integrationsRemoveCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Remove an integration of your own; what was made through it stays.',
    effect: 'destructive',
    tags: ['tasks', 'integration'],
    input: z.object({ name: nameSchema }),
    output: z.object({ name: z.string() }),
    positionals: ['name'],
    providers: { name: 'integrations:list' },
    async handler({ name }, { caller }) {
      const database = await ports.database();
      return database.transact(function* () {
        const { user_id } = yield* lockUser(caller, ports.clock.now());
        if (yield* hasIntegration(user_id, name)) yield* deleteIntegration(user_id, name);
        else throw toNotOwn(name);
        return { name };
      });
    },
  });
}

// --- internal ---

const nameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/)
  .describe('Small letters, digits, _ and -.');

/** A1 */
function refuseUnlessHere({ caller, runId }: HandlerContext): void {
  if (caller.via !== 'mcp' && runId === undefined) return;
  throw new OattyError('POLICY_DENIED', 'Where an integration sends things is set up by a person.', {
    suggestedAction: 'Ask the person to run "oatty tasks integrations:add" on the machine of this oatty.',
  });
}

function toProblem({ message, suggestedAction }: OattyError): string {
  return `${message} ${suggestedAction}`;
}

function toNotOwn(name: string): OattyError {
  return new OattyError('INTEGRATION_NOT_FOUND', `You have no integration "${name}".`, {
    suggestedAction: 'tasks integrations:list shows which there are; who has added one removes it.',
    context: { integration: name },
  });
}
