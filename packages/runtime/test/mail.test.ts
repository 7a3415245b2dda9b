import { describe, expect, it } from 'vitest';
import { sendMail } from '../src/mail/send-mail.ts';
import { readMailSettings } from '../src/mail/mail-settings.ts';
import type { MailSettings } from '../src/mail/mail-settings.ts';
import { startAwkwardServer, startMailServer } from './a-mail-server.ts';
import type { Stage } from './a-mail-server.ts';

describe('a mail', () => {
  it('arrives as it was written, once for each recipient', async () => {
    const { port, mails } = await startMailServer();
    const text = 'Grüße aus Bern.\n.\n..and a line that begins with dots\n';
    const receipt = await send(aServer(port), { cc: ['bob@example.com'], subject: 'Überfällig: 3', text });
    expect(receipt).toEqual({
      message_id: '<k1@oatty.example>',
      accepted: ['ann@example.com', 'bob@example.com'],
      rejected: [],
    });
    expect(mails).toMatchObject([
      { from: 'tasks@oatty.example', to: ['ann@example.com', 'bob@example.com'] },
    ]);
    const [head = '', body = ''] = mails[0]?.text.split('\r\n\r\n') ?? [];
    expect(head).toMatch(/^Message-ID: <k1@oatty\.example>$/im);
    expect(head).toContain('Subject: =?UTF-8?Q?=C3=9Cberf=C3=A4llig=3A_3?=');
    expect(head).toContain('Date: Fri, 20 Mar 2026 09:00:00 +0000');
    expect(decodeQuotedPrintable(body)).toBe(text.replaceAll('\n', '\r\n'));
  });

  it('is sent with the user name and the password', async () => {
    const { port, mails } = await startMailServer();
    await send(aServer(port, { login: { user: 'ada', password: 'correct horse' } }));
    expect(mails).toHaveLength(1);
    const refused = send(aServer(port, { login: { user: 'ada', password: 'wrong horse' } }));
    await expect(refused).rejects.toMatchObject({ code: 'DELIVERY_REFUSED', retryable: false });
    await expect(refused).rejects.not.toThrow('wrong horse');
  });

  it('tells which recipients the server does not take', async () => {
    const { port, mails } = await startMailServer();
    const receipt = await send(aServer(port), { to: ['ann@example.com', 'eve@nowhere.example'] });
    expect(receipt).toMatchObject({ accepted: ['ann@example.com'], rejected: ['eve@nowhere.example'] });
    await expect(send(aServer(port), { to: ['eve@nowhere.example'] })).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      options: { responsePayload: { reply: '550 No such mailbox' } },
    });
    expect(mails).toHaveLength(1);
  });

  it.each([
    ['starttls', false],
    ['implicit', false],
    ['starttls', true],
  ] as const)('is not sent without TLS that is trusted: %s, offered: %s', async (tls, offersTls) => {
    const { port, mails } = await startMailServer({ offersTls });
    await expect(send(aServer(port, { tls }))).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
      retryable: false,
      options: { context: { kind: 'tls' } },
    });
    expect(mails).toEqual([]);
  });

  it.each<[Stage, string, object]>([
    ['greeting', 'silence', notSent('timeout')],
    ['EHLO', 'silence', notSent('timeout')],
    ['AUTH', 'silence', notSent('timeout')],
    ['MAIL', 'silence', notSent('timeout')],
    ['DATA', 'silence', notSent('timeout')],
    ['message', 'silence', { code: 'OUTCOME_UNKNOWN', retryable: false }],
    ['greeting', 'cut', notSent('cut_off')],
    ['EHLO', 'cut', notSent('cut_off')],
    ['AUTH', 'cut', notSent('cut_off')],
    ['RCPT', 'cut', notSent('cut_off')],
    ['DATA', 'cut', notSent('cut_off')],
    ['message', 'cut', { code: 'OUTCOME_UNKNOWN', retryable: false }],
    ['greeting', '421 4.3.2 Closing', notSent('busy')],
    ['AUTH', '454 4.7.0 Later', notSent('busy')],
    ['MAIL', '451 4.3.0 Later', notSent('busy')],
    ['RCPT', '450 4.2.1 Later', notSent('busy')],
    ['DATA', '451 4.3.0 Later', notSent('busy')],
    ['message', '452 4.3.1 Later', notSent('busy')],
    ['greeting', '554 5.7.1 Never', { code: 'DELIVERY_REFUSED' }],
    ['MAIL', '553 5.1.8 Never', { code: 'DELIVERY_REFUSED' }],
    ['message', '554 5.7.1 Spam', { code: 'DELIVERY_REFUSED' }],
    ['greeting', 'HTTP/1.1 400 Bad Request', { code: 'RESPONSE_INVALID' }],
  ])('tells what became of it when %s meets %s', async (stage, behaviour, expected) => {
    const server = await startAwkwardServer({ [stage]: behaviour });
    const login = { user: 'ada', password: 'correct horse' };
    const limits = behaviour === 'silence' ? { connectMs: 300, silenceMs: 300 } : {};
    await expect(send(aServer(server.port, { login }), {}, { limits })).rejects.toMatchObject(expected);
    expect(server.connections()).toBe(1);
  });

  it('is given up as a whole, however often the server moves', async () => {
    const { port } = await startAwkwardServer({ EHLO: '250-still\r\n250-there' });
    await expect(send(aServer(port), {}, { limits: { totalMs: 100 } })).rejects.toMatchObject(
      notSent('timeout'),
    );
  });

  it('is canceled at once, and says whether it was sent', async () => {
    for (const [stage, code] of [
      ['EHLO', 'CANCELED'],
      ['message', 'OUTCOME_UNKNOWN'],
    ] as const) {
      const reached = Promise.withResolvers<void>();
      const { port } = await startAwkwardServer({ [stage]: 'silence' }, () => reached.resolve());
      const canceling = new AbortController();
      const sending = send(aServer(port), {}, { signal: canceling.signal });
      await reached.promise;
      canceling.abort();
      await expect(sending).rejects.toMatchObject({ code });
    }
  });

  it('does not go where nobody listens', async () => {
    await expect(send(aServer(1))).rejects.toMatchObject(notSent('refused'));
  });
});

describe('the settings of the mail server', () => {
  const base = { SMTP_HOST: 'mail.example', SMTP_FROM_EMAIL: 'tasks@oatty.example' };

  it('are none without a host', async () => {
    expect(await read({ SMTP_FROM_EMAIL: 'a@b.example' })).toBeUndefined();
    expect(await read({ SMTP_HOST: ' ' })).toBeUndefined();
  });

  it.each<[Readonly<Record<string, string>>, Partial<MailSettings>]>([
    [{}, { port: 587, tls: 'starttls', from: 'tasks@oatty.example' }],
    [{ SMTP_PORT: '465' }, { port: 465, tls: 'implicit' }],
    [{ SMTP_PORT: '2525', SMTP_USE_TLS: 'implicit' }, { tls: 'implicit' }],
    [{ SMTP_PORT: '465', SMTP_USE_TLS: 'starttls' }, { tls: 'starttls' }],
    [{ SMTP_HOST: '127.0.0.1' }, { tls: 'none' }],
    [{ SMTP_HOST: 'localhost', SMTP_PORT: '465' }, { tls: 'implicit' }],
    [{ SMTP_HOST: 'localhost', SMTP_USE_TLS: 'TRUE' }, { tls: 'starttls' }],
    [{ SMTP_HOST: '::1', SMTP_USE_TLS: 'false' }, { tls: 'none' }],
    [
      { SMTP_FROM_EMAIL: '', SMTP_USER: 'a@b.example', SMTP_PASSWORD: ' x ' },
      { from: 'a@b.example', login: { user: 'a@b.example', password: ' x ' } },
    ],
  ])('%j make %j', async (env, expected) => {
    expect(await read({ ...base, ...env })).toMatchObject(expected);
  });

  it.each([
    ['SMTP_PORT', { SMTP_PORT: '70000' }],
    ['SMTP_PORT', { SMTP_PORT: '25x' }],
    ['SMTP_FROM_EMAIL', { SMTP_FROM_EMAIL: 'Tasks <tasks@oatty.example>' }],
    ['SMTP_FROM_EMAIL', { SMTP_FROM_EMAIL: '' }],
    ['SMTP_PASSWORD', { SMTP_USER: 'ada' }],
    ['SMTP_USE_TLS', { SMTP_USE_TLS: 'false' }],
    ['SMTP_USE_TLS', { SMTP_USE_TLS: 'false', SMTP_HOST: '127.0.0.1.example' }],
    ['SMTP_USE_TLS', { SMTP_USE_TLS: 'maybe' }],
    ['SMTP_RECIPIENTS', { SMTP_RECIPIENTS: 'acme' }],
    ['SMTP_RECIPIENTS', { SMTP_RECIPIENTS: '*.acme.example' }],
    ['SMTP_RECIPIENTS', { SMTP_RECIPIENTS: 'Ann <ann@acme.example>' }],
  ])('are refused by the name of %s: %j', async (name, env) => {
    await expect(read({ ...base, ...env })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      options: { context: { name } },
    });
  });
});

// --- internal ---

function read(env: Readonly<Record<string, string>>): Promise<MailSettings | undefined> {
  return readMailSettings(async (name) => env[name]);
}

function notSent(kind: string): object {
  return { code: 'NETWORK_ERROR', retryable: true, options: { context: { kind } } };
}

function aServer(port: number, settings: Partial<MailSettings> = {}): MailSettings {
  return {
    host: '127.0.0.1',
    port,
    from: 'tasks@oatty.example',
    tls: 'none',
    login: undefined,
    recipients: undefined,
    ...settings,
  };
}

function send(
  settings: MailSettings,
  mail: Partial<Parameters<typeof sendMail>[1]> = {},
  options: Partial<Parameters<typeof sendMail>[2]> = {},
) {
  return sendMail(
    settings,
    {
      to: ['ann@example.com'],
      cc: [],
      subject: 'Tasks',
      text: 'Three tasks are overdue.',
      key: 'k1',
      writtenAt: new Date('2026-03-20T09:00:00Z'),
      ...mail,
    },
    {
      signal: new AbortController().signal,
      ...options,
    },
  );
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
