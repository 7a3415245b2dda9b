import { describe, expect, it } from 'vitest';
import { startMailServer } from './a-mail-server.ts';
import { openOatty } from './open-oatty.ts';

describe('integrations of the tasks', () => {
  it('send mail through the server that the settings name', async () => {
    const { port, mails } = await startMailServer();
    const oatty = await openOatty({
      env: {
        SMTP_HOST: '127.0.0.1',
        SMTP_PORT: String(port),
        SMTP_FROM_EMAIL: 'tasks@oatty.example',
        SMTP_USER: 'ada',
        SMTP_PASSWORD: 'correct horse',
      },
    });
    await oatty.catalogs.setEnabled('tasks', true);
    const mail = { integration: 'email', action: 'send' };
    const data = { to: 'ann@example.com', subject: 'Hello', body: 'How are you?' };
    const { body } = await oatty.commands.run('tasks integrations:trigger', { with: { ...mail, data } });
    expect(body).toMatchObject({ status: 'success', details: { accepted: ['ann@example.com'] } });
    expect(mails).toMatchObject([{ from: 'tasks@oatty.example', to: ['ann@example.com'] }]);
  });

  it('say which setting of the mail server is missing', async () => {
    const oatty = await openOatty({ env: { SMTP_HOST: 'mail.example' } });
    await oatty.catalogs.setEnabled('tasks', true);
    const { body } = await oatty.commands.run('tasks integrations:list');
    expect(body).toMatchObject({
      integrations: [{ name: 'email', problem: { message: 'The setting SMTP_FROM_EMAIL is no address.' } }],
    });
  });
});
