/** What went wrong with a mail → an error that says whether it was sent, and what to do. */
import { OattyError } from '@oatty/types';
import type { OattyErrorOptions } from '@oatty/types';
import type { MailSettings } from './mail-settings.ts';

export interface MailFailure {
  readonly settings: Pick<MailSettings, 'host' | 'port'>;
  /** The whole message has left; only the answer was missing. */
  readonly isSentWhole: boolean;
  readonly isCanceled: boolean;
  /** The attempt took too long as a whole. */
  readonly isLate: boolean;
}

export function toMailError(thrown: unknown, failure: MailFailure): OattyError {
  if (thrown instanceof OattyError && !failure.isSentWhole) return thrown;
  const { code, responseCode, response } = readFacts(thrown);
  const server = `${failure.settings.host}:${failure.settings.port}`;
  const options = {
    context: { host: server, ...(code !== undefined && { code }) },
    ...(response !== undefined && { responsePayload: { reply: toOneLine(response) } }),
    cause: thrown,
  };
  if (responseCode !== undefined && code !== 'ETLS') return toReplyError(server, responseCode, code, options);
  if (failure.isSentWhole) {
    return new OattyError('OUTCOME_UNKNOWN', `${server} took the mail and did not say what became of it.`, {
      ...options,
      suggestedAction: 'Ask a recipient whether it arrived; it is not sent again by itself.',
    });
  }
  if (failure.isCanceled)
    return new OattyError('CANCELED', 'The mail was not sent: it was canceled.', options);
  return toConnectionError(server, failure.isLate ? 'ETIMEDOUT' : code, options);
}

// --- internal ---

function toReplyError(
  server: string,
  reply: number,
  code: string | undefined,
  options: OattyErrorOptions,
): OattyError {
  if (reply < 500) {
    return new OattyError(
      'NETWORK_ERROR',
      `${server} cannot take the mail now (${reply}); it was not sent.`,
      {
        ...options,
        suggestedAction: 'Call again in a few minutes.',
        context: { ...options.context, kind: 'busy', reply },
      },
    );
  }
  const isLogin = code === 'EAUTH';
  return new OattyError(
    'DELIVERY_REFUSED',
    `${server} refuses ${isLogin ? 'the user name and the password' : 'the mail'} (${reply}); it was not sent.`,
    {
      ...options,
      ...(isLogin && { suggestedAction: 'Correct SMTP_USER and SMTP_PASSWORD.' }),
      context: { ...options.context, reply },
    },
  );
}

interface Trouble {
  readonly kind: string;
  readonly what: string;
  readonly suggestedAction: string;
  readonly isRetryable: boolean;
}

const cutOff: Trouble = {
  kind: 'cut_off',
  what: 'closed the connection',
  suggestedAction: 'Call again.',
  isRetryable: true,
};

const troubles: Readonly<Partial<Record<string, Trouble>>> = {
  ETIMEDOUT: {
    kind: 'timeout',
    what: 'did not answer in time',
    suggestedAction: 'Check the mail server, then call again.',
    isRetryable: true,
  },
  ECONNREFUSED: {
    kind: 'refused',
    what: 'refuses the connection',
    suggestedAction: 'Check SMTP_HOST and SMTP_PORT, and that the mail server runs.',
    isRetryable: true,
  },
  EDNS: {
    kind: 'dns',
    what: 'is a name that does not resolve',
    suggestedAction: 'Check SMTP_HOST, and the network.',
    isRetryable: true,
  },
  ETLS: {
    kind: 'tls',
    what: 'offers no TLS that can be trusted',
    suggestedAction:
      'Check SMTP_HOST, SMTP_PORT and SMTP_USE_TLS; for a certificate authority of your own set NODE_EXTRA_CA_CERTS.',
    isRetryable: false,
  },
};

function toConnectionError(server: string, code: string | undefined, options: OattyErrorOptions): OattyError {
  if (code === 'EPROTOCOL') {
    return new OattyError('RESPONSE_INVALID', `What answers at ${server} does not speak SMTP.`, {
      ...options,
      suggestedAction: 'Check SMTP_HOST, SMTP_PORT and SMTP_USE_TLS.',
    });
  }
  if (code === 'EMESSAGE') {
    return new OattyError('DELIVERY_REFUSED', `The mail is larger than ${server} takes.`, {
      ...options,
      suggestedAction: 'Shorten the body.',
    });
  }
  const { kind, what, suggestedAction, isRetryable } = (code && troubles[code]) || cutOff;
  return new OattyError('NETWORK_ERROR', `${server} ${what}; the mail was not sent.`, {
    ...options,
    suggestedAction,
    retryable: isRetryable,
    context: { ...options.context, kind },
  });
}

interface Facts {
  readonly code: string | undefined;
  readonly responseCode: number | undefined;
  readonly response: string | undefined;
}

/** Of an error of nodemailer; one of Node keeps its own code as `originalCode`. */
function readFacts(thrown: unknown): Facts {
  const error: object = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const text = (name: string) => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : undefined;
  };
  const reply: unknown = Reflect.get(error, 'responseCode');
  const original = text('originalCode') ?? '';
  const code = text('code');
  return {
    code: isCertificateTrouble(original) ? 'ETLS' : original in troubles ? original : code,
    responseCode: typeof reply === 'number' && reply >= 400 ? reply : undefined,
    response: text('response'),
  };
}

function isCertificateTrouble(code: string): boolean {
  return /CERT|^UNABLE_TO_|^ERR_SSL_|^ERR_TLS_|^EPROTO$/.test(code);
}

function toOneLine(reply: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  return reply.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 500);
}
