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
  const { reason, advice } = explain(code);
  return new OattyError('STORAGE_FAILED', `The database ${place} cannot be used: ${reason}.`, {
    suggestedAction: advice,
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

/** Whether an answer did not come in time: the connection leads nowhere, or the answer is still on its way. */
export function isUnanswered(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message === noAnswer;
}

// --- internal ---

/** The client's words. */
const noAnswer = 'Query read timeout';

/** Our words for a statement that never left: its connection had broken, was not made in time, or was not free in time. */
const notSent = 'NOT_SENT';
const notConnected = 'NOT_CONNECTED';
const noneFree = 'NONE_FREE';

/** Waited for a lock, or ran, for longer than allowed. */
const lockCodes: ReadonlySet<string> = new Set(['55P03', '57014']);
/** Shutting down, crashed, starting, too many connections. */
const passingCodes: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '53300']);
/** Nobody listens (yet); nothing was sent. */
const connectionCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EAI_AGAIN',
  notSent,
  notConnected,
  noneFree,
]);
/** Serialization, deadlock; a long text that was removed while it was referred to. */
const collisionCodes: ReadonlySet<string> = new Set(['40001', '40P01', '23503']);

interface Explanation {
  readonly reason: string;
  readonly advice: string;
}

const credentials = 'Correct user and password in DATABASE_URL, and check that the server lets this user in.';
const otherTables: Explanation = {
  reason: 'its tables are not those that this oatty has opened',
  advice: 'A newer oatty may have brought them up to date. End this process, and go on with that oatty.',
};
const address = 'Start the database, or correct the address in DATABASE_URL.';
const patience = 'Wait until the server takes work again.';

const explanations: ReadonlyMap<string, Explanation> = new Map([
  ['28P01', { reason: 'the password is wrong', advice: credentials }],
  ['28000', { reason: 'the user is not let in', advice: credentials }],
  [
    '3D000',
    { reason: 'there is no such database', advice: 'Create it, or name another one in DATABASE_URL.' },
  ],
  ['42501', { reason: 'the user lacks a right', advice: 'Give the user of DATABASE_URL that right.' }],
  ['42P01', otherTables],
  ['42703', otherTables],
  ['53100', { reason: 'its disk is full', advice: 'Make room on the server.' }],
  ['53300', { reason: 'it has too many connections', advice: patience }],
  ['57P01', { reason: 'it is shutting down', advice: patience }],
  ['57P03', { reason: 'it is starting', advice: patience }],
  ['25006', { reason: 'it is read-only', advice: 'Name the server that takes writes in DATABASE_URL.' }],
  ['ECONNREFUSED', { reason: 'nobody listens there', advice: address }],
  ['ENOTFOUND', { reason: 'there is no such host', advice: address }],
  ['ETIMEDOUT', { reason: 'it does not answer', advice: address }],
  ['ECONNRESET', { reason: 'the connection was lost', advice: address }],
  [notConnected, { reason: 'it does not answer', advice: address }],
  [notSent, { reason: 'the connection was lost', advice: address }],
  [
    noneFree,
    {
      reason: 'all connections of this process to it are in use, and nothing was sent',
      advice: 'Try again when there is less to do at once.',
    },
  ],
]);

function explain(code: string): Explanation {
  const advice = 'Check DATABASE_URL and that the server runs and lets this user in.';
  return explanations.get(code) ?? { reason: `error ${code}`, advice };
}

/** SQLSTATE, or the code of the system; the client says "terminated" without a code when a connection breaks. */
function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof OattyError || !(thrown instanceof Error)) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  if (thrown.message.startsWith('Client has encountered a connection error')) return notSent;
  if (thrown.message === 'timeout expired' || thrown.message === noAnswer) return 'ETIMEDOUT';
  if (thrown.message.endsWith('connection timeout')) return notConnected;
  if (thrown.message === 'timeout exceeded when trying to connect') return noneFree; // the pool's words
  return thrown.message.startsWith('Connection terminated') ? 'ECONNRESET' : undefined;
}
