/**
 * Sends one mail over SMTP, once.
 *
 *   M1. Certificates are checked, and TLS that was asked for is never gone without.
 *   M2. A server that hangs ends the attempt in bounded time, wherever it hangs.
 *   M3. What ends before the message was sent whole has sent nothing. Without an answer after that, nobody knows.
 */
import type { Mail, MailReceipt } from '@oatty/tasks';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailSettings } from './mail-settings.ts';
import { toMailError } from './to-mail-error.ts';

export interface MailLimits {
  /** From the name of the server to its greeting, STARTTLS included. Default 10 s. */
  readonly connectMs: number;
  /** Between any two signs of life. Default 20 s. */
  readonly silenceMs: number;
  /** The whole of it. Default 45 s. */
  readonly totalMs: number;
}

/** @throws {OattyError} `NETWORK_ERROR`, `DELIVERY_REFUSED`, `CANCELED`: not sent; `OUTCOME_UNKNOWN` */
export async function sendMail(
  settings: MailSettings,
  mail: Mail,
  { signal, limits }: { readonly signal: AbortSignal; readonly limits?: Partial<MailLimits> | undefined },
): Promise<MailReceipt> {
  const { connectMs, silenceMs, totalMs } = { ...defaultLimits, ...limits };
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  const message = await compose(settings, mail);
  const connection = new Connection({
    host: settings.host,
    port: settings.port,
    secure: settings.tls === 'implicit',
    requireTLS: settings.tls === 'starttls',
    ignoreTLS: settings.tls === 'none',
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    socketCloseTimeout: 0,
    maxResponseSize: 64 * 1024,
  });
  const source = Readable.from([message.bytes], { objectMode: false });
  let isSentWhole = false; // M3
  source.once('end', () => {
    isSentWhole = true;
  });
  const timeUp = AbortSignal.timeout(totalMs);
  const stop = AbortSignal.any([signal, timeUp]);
  try {
    const info = await untilAborted(stop, converse(connection, settings, { ...message, source }));
    return { message_id: message.id, accepted: info.accepted, rejected: info.rejected };
  } catch (thrown) {
    throw toMailError(thrown, { settings, isSentWhole, isCanceled: signal.aborted, isLate: timeUp.aborted });
  } finally {
    connection.close();
  }
}

// --- internal ---

const defaultLimits: MailLimits = { connectMs: 10_000, silenceMs: 20_000, totalMs: 45_000 };

interface Message {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

/** Plain text: nothing in it is a header, a file or an address to fetch. */
async function compose({ from }: MailSettings, mail: Mail): Promise<Message> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const id = `<${mail.key}@${from.slice(from.lastIndexOf('@') + 1)}>`;
  const node = new MailComposer({
    from,
    to: [...mail.to],
    cc: [...mail.cc],
    subject: mail.subject,
    text: mail.text,
    date: mail.writtenAt,
    messageId: id,
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return { id, from, to: [...mail.to, ...mail.cc], bytes: await node.build() };
}

async function converse(
  connection: SMTPConnection,
  { login }: MailSettings,
  { from, to, bytes, source }: Message & { readonly source: Readable },
): Promise<{ readonly accepted: readonly string[]; readonly rejected: readonly string[] }> {
  const failed = once(connection, 'error').then(([error]) => Promise.reject(error));
  const steps = async () => {
    await settle<void>((done) => connection.connect(done));
    if (login !== undefined) {
      const { user, password: pass } = login;
      await settle<boolean>((done) => connection.login({ user, pass }, done));
    }
    const envelope = { from, to: [...to], size: bytes.byteLength };
    return settle<{ accepted: string[]; rejected: string[] }>((done) =>
      connection.send(envelope, source, done),
    );
  };
  return Promise.race([steps(), failed]);
}

async function settle<Value>(
  start: (done: (error?: Error | null, value?: Value) => void) => void,
): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  start((error, value) => (error ? reject(error) : resolve(value as Value))); // there wherever there is no error
  return promise;
}

async function untilAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
