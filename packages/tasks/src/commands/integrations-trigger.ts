import { defineCommand, OattyError } from '@oatty/types';
import type { HandlerContext, ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import { deliver } from '../integrations/deliver.ts';
import type { Action } from '../integrations/action.ts';
import { parseData } from '../integrations/parse-data.ts';
import { requireIntegration } from '../integrations/find-integration.ts';
import type { UsableIntegration } from '../integrations/find-integration.ts';
import type { TasksPorts } from '../ports.ts';
import { findTask } from '../rows/task-rows.ts';
import { readUser } from '../rows/user-rows.ts';
import { linksSchema } from '../schemas/delivery-schemas.ts';
import { plainTextSchema, taskIdSchema } from '../schemas/task-schemas.ts';
import { requireTask } from '../task-not-found.ts';
import { toUserTime } from '../time/user-time.ts';

export function integrationsTriggerCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Let an integration do something: send a mail, make an issue, post a message.',
    description:
      'tasks integrations:list tells which there are, what they can do and which data they take. With a task_id the data is taken from the task where nothing else is said, and what a task has one of (an issue, an event) is made once for it.',
    effect: 'standard',
    tags: ['tasks', 'integration', 'email', 'mail', 'send', 'notify'],
    input: z.object({
      integration: plainTextSchema.min(1).max(100).describe('Its name, such as email.'),
      action: plainTextSchema.min(1).max(100).describe('What it should do, such as send.'),
      data: z.record(z.string(), z.unknown()).default({}).describe('What the action takes.'),
      task_id: taskIdSchema.optional().describe('The task that it is about.'),
      idempotency_key: plainTextSchema
        .min(1)
        .max(200)
        .optional()
        .describe('Does it once however often it is sent.'),
    }),
    output: z.object({
      integration: z.string(),
      action: z.string(),
      status: z.literal('success'),
      links: linksSchema,
      details: z.record(z.string(), z.unknown()),
      delivery_id: z.string(),
      repeated: z.boolean().describe('It was done before; this is the answer given then.'),
      attempts: z.int(),
    }),
    positionals: ['integration', 'action'],
    providers: { integration: 'integrations:list', task_id: 'list' },
    async handler({ integration: name, action: actionName, data: given, ...rest }, context) {
      const integration = await requireIntegration(ports, name, context);
      const action = requireAction(integration, actionName);
      const { task_id: taskId, idempotency_key: idempotencyKey } = rest;
      const fromTask = taskId === undefined ? {} : await readFromTask(ports, { action, taskId, context });
      const delivered = await deliver(ports, {
        context,
        integration: name,
        actionName,
        action,
        data: parseData(action, { ...fromTask, ...given }, `${name} ${actionName}`),
        taskId: taskId ?? null,
        idempotencyKey,
      });
      return {
        integration: name,
        action: actionName,
        status: 'success' as const,
        ...delivered,
        links: [...delivered.links],
        details: { ...delivered.details },
      };
    },
  });
}

// --- internal ---

function requireAction({ name, open }: UsableIntegration, actionName: string): Action {
  const action = Object.hasOwn(open.actions, actionName) ? open.actions[actionName] : undefined;
  if (action !== undefined) return action;
  throw new OattyError('ARGUMENT_INVALID', `The integration "${name}" has no action "${actionName}".`, {
    suggestedAction: `It has: ${Object.keys(open.actions).join(', ')}.`,
    context: { argument: 'action' },
  });
}

async function readFromTask(
  ports: TasksPorts,
  { action, taskId, context }: { action: Action; taskId: string; context: HandlerContext },
): Promise<Readonly<Record<string, unknown>>> {
  const database = await ports.database();
  return database.run(function* () {
    const user = yield* readUser(context.caller.principal);
    const found = requireTask(yield* findTask(user.user_id, taskId), taskId);
    return action.fromTask(found, toUserTime(ports, user, {}).zone);
  });
}
