/** What PostgreSQL and the way to it say, in words. */
import { OattyError } from '@oatty/types';

/** @param place - host and name of the database, without user and password */
export function toPostgresError(thrown: unknown, place: string): unknown {
  const code = codeOf(thrown);
  if (code === undefined) return thrown;
  if (lockCodes.has(code)) {
    return new OattyError('STATE_LOCKED', `The database ${place} keeps others waiting for too long.`, {
      context: { database: place },
      cause: thrown,
    });
  }
  return new OattyError('STORAGE_FAILED', `The database ${place} cannot be used: ${reasonOf(code)}.`, {
    suggestedAction: 'Check DATABASE_URL and that the server runs and lets this user in.',
    context: { database: place, code },
    retryable: isPassing(thrown),
    cause: thrown,
  });
}

/** Whether nothing was done, and the same may succeed once the server is there again. */
export function isPassing(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code !== undefined && (passingCodes.has(code) || connectionCodes.has(code));
}

/** Whether two writes were in each other's way, so that one of them was taken back. */
export function isCollision(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code !== undefined && collisionCodes.has(code);
}

// --- internal ---

/** Our word for a statement that never left. */
const notSent = 'NOT_SENT';

/** Waited for a lock, or ran, for longer than allowed. */
const lockCodes: ReadonlySet<string> = new Set(['55P03', '57014']);
/** Shutting down, crashed, starting, too many connections. */
const passingCodes: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '53300']);
/** Nobody listens (yet); the connection had broken before anything was sent. */
const connectionCodes: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOENT', 'EAI_AGAIN', notSent]);
/** Serialization, deadlock; a long text that was removed while it was referred to. */
const collisionCodes: ReadonlySet<string> = new Set(['40001', '40P01', '23503']);

const reasons: ReadonlyMap<string, string> = new Map([
  ['28P01', 'the password is wrong'],
  ['28000', 'the user is not let in'],
  ['3D000', 'there is no such database'],
  ['42501', 'the user lacks a right'],
  ['53100', 'its disk is full'],
  ['53300', 'it has too many connections'],
  ['57P01', 'it is shutting down'],
  ['57P03', 'it is starting'],
  ['25006', 'it is read-only'],
  ['ECONNREFUSED', 'nobody listens there'],
  ['ENOTFOUND', 'there is no such host'],
  ['ETIMEDOUT', 'it does not answer'],
  ['ECONNRESET', 'the connection was lost'],
  [notSent, 'the connection was lost'],
]);

function reasonOf(code: string): string {
  return reasons.get(code) ?? `error ${code}`;
}

/** SQLSTATE, or the code of the system; the client says "terminated" without a code when a connection breaks. */
function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof OattyError || !(thrown instanceof Error)) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  if (thrown.message.startsWith('Client has encountered a connection error')) return notSent;
  return /^(Connection terminated|timeout exceeded)/.test(thrown.message) ? 'ECONNRESET' : undefined;
}
