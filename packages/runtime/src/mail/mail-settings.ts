/**
 * The mail server that this oatty sends through, from the environment.
 *
 *   S1. Mail and password are never sent in the clear, but to this machine: there TLS is used when it is asked for.
 *   S2. Port 465 speaks TLS from the start, every other one is upgraded by STARTTLS; `SMTP_USE_TLS` overrules both.
 */
import { OattyError } from '@oatty/types';
import { isIP } from 'node:net';
import { parseRecipients } from './mail-recipients.ts';
import type { MailRecipients } from './mail-recipients.ts';

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  readonly from: string;
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly login: { readonly user: string; readonly password: string } | undefined;
  /** `undefined` where nobody is named. */
  readonly recipients: MailRecipients | undefined;
}

/**
 * @param read - a setting or a secret; `undefined` or empty where it is not set
 * @returns `undefined` where no mail server is set up
 * @throws {OattyError} `ARGUMENT_INVALID` for a setting that is missing or wrong
 */
export async function readMailSettings(
  read: (name: string) => Promise<string | undefined>,
): Promise<MailSettings | undefined> {
  const get = async (name: string) => (await read(name))?.trim() || undefined;
  const host = await get('SMTP_HOST');
  if (host === undefined) return undefined;
  const user = await get('SMTP_USER');
  const recipients = await get('SMTP_RECIPIENTS');
  const port = toPort((await get('SMTP_PORT')) ?? '587');
  return {
    host,
    port,
    from: toSender((await get('SMTP_FROM_EMAIL')) ?? user),
    tls: toTls(await get('SMTP_USE_TLS'), host, port),
    login: user === undefined ? undefined : { user, password: requirePassword(await read('SMTP_PASSWORD')) },
    recipients: recipients === undefined ? undefined : parseRecipients(recipients),
  };
}

// --- internal ---

function toPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw toError('SMTP_PORT', 'is no port', 'Set it to 587, 465 or the port of your mail server.');
}

function toSender(text: string | undefined): string {
  if (text !== undefined && /^[^\s<>@,;:"]+@[^\s<>@,;:"]+$/.test(text)) return text;
  throw toError('SMTP_FROM_EMAIL', 'is no address', 'Set it to the address that mails are sent from.');
}

function requirePassword(password: string | undefined): string {
  if (password !== undefined && password !== '') return password;
  throw toError('SMTP_PASSWORD', 'is not set', 'Set it with "oatty secret set SMTP_PASSWORD".');
}

/** S1, S2 */
function toTls(text: string | undefined, host: string, port: number): MailSettings['tls'] {
  const byPort = port === 465 ? 'implicit' : 'starttls';
  switch (text?.toLowerCase()) {
    case undefined:
      return isThisMachine(host) && byPort === 'starttls' ? 'none' : byPort;
    case 'true':
    case 'starttls':
      return text?.toLowerCase() === 'starttls' ? 'starttls' : byPort;
    case 'implicit':
      return 'implicit';
    case 'false':
      if (isThisMachine(host)) return 'none';
      throw toError(
        'SMTP_USE_TLS',
        `is false, and ${host} is another machine`,
        'Leave it out: mails and passwords are sent to other machines over TLS only.',
      );
    default:
      throw toError('SMTP_USE_TLS', 'is not understood', 'Use true, false, starttls or implicit.');
  }
}

/** By its address or its one name, so that no name server has a say. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function toError(name: string, what: string, suggestedAction: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', `The setting ${name} ${what}.`, {
    suggestedAction,
    context: { name },
  });
}
