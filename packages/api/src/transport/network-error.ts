/** What Node reports when an exchange fails → an error that says what to do. */
import { OattyError } from '@oatty/types';
import type { Deadline } from './deadline.ts';

/** The deadline's own error where it ended the exchange; the host is named, never the whole URL. */
export function toNetworkError(thrown: unknown, url: URL, { signal }: Deadline): OattyError {
  if (signal.aborted && signal.reason instanceof OattyError) return signal.reason;
  if (thrown instanceof OattyError) return thrown;
  const code = readCode(thrown);
  if (code === undefined) return OattyError.from(thrown);
  const context = { host: url.host, code };
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new OattyError(
      'LIMIT_EXCEEDED',
      `The headers from ${url.host} are larger than max_header_bytes.`,
      {
        context: { ...context, limit: 'max_header_bytes' },
        cause: thrown,
      },
    );
  }
  if (code.startsWith('HPE_')) {
    return new OattyError('RESPONSE_INVALID', `What answers at ${url.host} does not speak HTTP.`, {
      context,
      cause: thrown,
    });
  }
  const failure = failures[code] ?? (isCertificateCode(code) ? certificateFailure : undefined);
  return new OattyError('NETWORK_ERROR', `${url.host} ${failure?.what ?? `cannot be reached (${code})`}.`, {
    context: { ...context, kind: failure?.kind ?? 'connection' },
    ...(failure !== undefined && {
      suggestedAction: failure.suggestedAction,
      retryable: failure.isRetryable,
    }),
    cause: thrown,
  });
}

// --- internal ---

interface Failure {
  readonly kind: string;
  readonly what: string;
  readonly suggestedAction: string;
  readonly isRetryable: boolean;
}

const refused: Failure = {
  kind: 'refused',
  what: 'refuses the connection',
  suggestedAction: 'Check that the API runs there, and that the base URL of the catalog is right.',
  isRetryable: true,
};

const cutOff: Failure = {
  kind: 'cut_off',
  what: 'closed the connection before the answer was complete',
  suggestedAction: 'Call again. A request that changes something may have been carried out.',
  isRetryable: true,
};

const certificateFailure: Failure = {
  kind: 'certificate',
  what: 'has a certificate that is not trusted',
  suggestedAction: 'Check the base URL; for a certificate authority of your own set NODE_EXTRA_CA_CERTS.',
  isRetryable: false,
};

const tlsFailure: Failure = {
  kind: 'tls',
  what: 'does not speak TLS',
  suggestedAction: 'Check whether the base URL should begin with http:// or https://.',
  isRetryable: false,
};

const unresolved: Failure = {
  kind: 'dns',
  what: 'is a name that does not resolve',
  suggestedAction: 'Check the host in the base URL of the catalog, and the network.',
  isRetryable: true,
};

const unreachable: Failure = {
  kind: 'unreachable',
  what: 'cannot be reached',
  suggestedAction: 'Check the address and the network, then call again.',
  isRetryable: true,
};

const failures: Readonly<Partial<Record<string, Failure>>> = {
  ECONNREFUSED: refused,
  ECONNRESET: cutOff,
  EPIPE: cutOff,
  ERR_STREAM_PREMATURE_CLOSE: cutOff,
  ERR_STREAM_DESTROYED: cutOff,
  ENOTFOUND: unresolved,
  EAI_AGAIN: unresolved,
  EPROTO: tlsFailure,
  ERR_SSL_WRONG_VERSION_NUMBER: tlsFailure,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
};

function isCertificateCode(code: string): boolean {
  return /CERT|^UNABLE_TO_(?:GET_ISSUER|VERIFY)|^ERR_TLS_/.test(code);
}

/** Whatever the network does has one; what has none is a mistake of ours. */
function readCode(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
