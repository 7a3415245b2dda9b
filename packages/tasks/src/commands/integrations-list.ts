import { defineCommand, OattyError } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import { itemErrorSchema } from '../changes/item-error.ts';
import { listIntegrations } from '../integrations/find-integration.ts';
import type { UsableIntegration } from '../integrations/find-integration.ts';
import type { TasksPorts } from '../ports.ts';

export function integrationsListCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'List the integrations, what each can do, and which data it takes.',
    effect: 'safe',
    tags: ['tasks', 'integration', 'email', 'mail', 'send'],
    input: z.object({}),
    output: z.object({
      integrations: z.array(
        z.object({
          name: z.string(),
          kind: z.string(),
          title: z.string(),
          settings: z.record(z.string(), z.unknown()).nullable().describe('Of your own ones.'),
          shared: z.boolean().describe('Every user may trigger it.'),
          problem: itemErrorSchema.nullable().describe('Why it cannot be used now.'),
          actions: z.array(
            z.object({
              action: z.string(),
              summary: z.string(),
              data: z.record(z.string(), z.unknown()).describe('JSON Schema of its data.'),
            }),
          ),
        }),
      ),
    }),
    listPath: 'integrations',
    offers: { value: 'name', display: 'title' },
    async handler(_input, context) {
      const usable = await listIntegrations(ports, context);
      return { integrations: await Promise.all(usable.map(describe)) };
    },
  });
}

// --- internal ---

async function describe({ name, kind, settings, isShared, open }: UsableIntegration) {
  return {
    name,
    kind,
    title: open.title,
    settings: settings as Record<string, unknown> | null, // parsed by an object schema
    shared: isShared,
    problem: await open.check().then(
      () => null,
      (thrown: unknown) => {
        const { code, message } = OattyError.from(thrown);
        return { error_code: code, message };
      },
    ),
    actions: Object.entries(open.actions).map(([action, { summary, data }]) => ({
      action,
      summary,
      data: z.toJSONSchema(data, { io: 'input' }) as Record<string, unknown>, // an object of our own schemas
    })),
  };
}
