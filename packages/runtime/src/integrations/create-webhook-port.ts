/** Webhooks as the tasks send them: signed with a secret of the store. */
import { OattyError } from '@oatty/types';
import type { WebhookPort } from '@oatty/tasks';
import type { World } from '../world.ts';

export function createWebhookPort(world: World): WebhookPort {
  return {
    async check(secretName) {
      const { checkWebhookSecret } = await import('@oatty/api');
      checkWebhookSecret(await requireSecret(world, secretName));
    },
    async send({ url, secretName, id, body }, signal) {
      const secret = await requireSecret(world, secretName);
      const { sendWebhook } = await import('@oatty/api');
      return sendWebhook({
        url,
        secret,
        id,
        body,
        signal,
        now: () => world.clock.now().getTime(),
        headers: { 'user-agent': 'oatty' },
        ...(world.options.limits?.http && { limits: world.options.limits.http }),
      });
    },
  };
}

// --- internal ---

async function requireSecret({ secretBackend }: World, name: string): Promise<string> {
  const secret = await secretBackend.get(name);
  if (secret !== undefined) return secret;
  throw new OattyError('ARGUMENT_INVALID', `The secret ${name} has no value.`, {
    suggestedAction: `Set it with "oatty secret set ${name}": whsec_ and the base64 of 32 bytes by chance.`,
    context: { name },
  });
}
