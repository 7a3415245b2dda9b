/** Mail as the tasks send it: through the server that the environment names. */
import { OattyError } from '@oatty/types';
import type { MailPort } from '@oatty/tasks';
import { resolveReference } from '../secrets/secret-source.ts';
import type { World } from '../world.ts';
import type { MailSettings } from './mail-settings.ts';

export function createMailPort(world: World): MailPort {
  return {
    async check(context) {
      const { requireSomebody } = await import('./mail-recipients.ts');
      requireSomebody(await requireSettings(world), context);
    },
    async send(mail, context) {
      const settings = await requireSettings(world);
      const { refuseStrangers } = await import('./mail-recipients.ts');
      refuseStrangers(settings, [...mail.to, ...mail.cc], context);
      const { sendMail } = await import('./send-mail.ts');
      const { signal } = context;
      return sendMail(settings, mail, { signal, limits: world.options.limits?.mail });
    },
  };
}

// --- internal ---

async function requireSettings(world: World): Promise<MailSettings> {
  const { readMailSettings } = await import('./mail-settings.ts');
  const settings = await readMailSettings(async (name) =>
    resolveReference(world, { kind: name === 'SMTP_PASSWORD' ? 'secret' : 'env', name }),
  );
  if (settings !== undefined) return settings;
  throw new OattyError('ARGUMENT_INVALID', 'No mail server is set up.', {
    suggestedAction: 'Set SMTP_HOST, SMTP_FROM_EMAIL and what else specs/TASKS.md names.',
    context: { name: 'SMTP_HOST' },
  });
}
