/** Signatures of webhooks as the specification of Standard Webhooks has them: HMAC-SHA256 of `id.timestamp.body`. Pure. */
import { OattyError } from '@oatty/types';

interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * @param secret - `whsec_` and the base64 of 24 to 64 bytes
 * @returns the three headers
 * @throws {OattyError} `ARGUMENT_INVALID` for another secret
 */
export async function signWebhook(
  { id, timestamp, body }: SignedMessage,
  secret: string,
): Promise<Readonly<Record<string, string>>> {
  const { createHmac } = await import('node:crypto');
  const signature = createHmac('sha256', toKey(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a secret that signs nothing */
export function checkWebhookSecret(secret: string): void {
  toKey(secret);
}

// --- internal ---

function toKey(secret: string): Uint8Array {
  const [, text] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret.trim()) ?? [];
  const key = Buffer.from(text ?? '', 'base64');
  if (key.byteLength >= 24 && key.byteLength <= 64) return key;
  throw new OattyError('ARGUMENT_INVALID', 'The signing secret of the webhook is none.', {
    suggestedAction:
      'Set it to whsec_ and the base64 of 24 to 64 bytes: echo "whsec_$(openssl rand -base64 32)".',
  });
}
