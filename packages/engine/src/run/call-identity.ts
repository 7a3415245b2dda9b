/**
 * Names that a call keeps for ever: on every attempt, after a crash, and in another process.
 *
 *   I1. The idempotency key is made from the root run and the calls from there down to this one, with item and poll
 *       but without the attempt: an attempt is the same call again.
 *   I2. The run of a sub-workflow has an id made from its parent run and the attempt, so whoever carries the parent on
 *       finds the child that is there.
 */
import type { CallingStep } from '../ports/command-executor.ts';
import type { FoundCommand } from '../ports/command-source.ts';
import { sha256 } from './sha256.ts';

export interface CallPosition {
  readonly stepId: string;
  readonly item?: number;
  readonly poll: number;
}

/** `charge[2]#1` */
export function nameCall({ stepId, item, poll }: CallPosition): string {
  return `${stepId}${item === undefined ? '' : `[${item}]`}#${poll}`;
}

/** I1, for a command that changes something and whose API may hear of keys; else `undefined`. */
export function idempotencyKeyOf(found: FoundCommand, call: CallingStep): string | undefined {
  if (found.command.execution.kind === 'workflow' || !isMutating(found)) return undefined;
  if (found.catalog.idempotency.header === null) return undefined;
  return toUuid(JSON.stringify([call.rootRunId, ...call.path]));
}

/** I2. */
export function childRunIdOf(call: CallingStep): string {
  return toUuid(JSON.stringify([call.runId, nameCall(call), call.attempt]));
}

/** Whether a call of the command changes something. */
export function isMutating({ command }: FoundCommand): boolean {
  if (command.execution.kind !== 'http') return command.effect !== 'safe';
  return !readingMethods.has(command.execution.method);
}

/** Whether a call whose outcome is not known may simply be made again. */
export function isRepeatable(found: FoundCommand): boolean {
  const { command, catalog } = found;
  // The child run is found again by its id (I2).
  if (command.execution.kind === 'workflow' || command.execution.kind === 'approval') return true;
  if (!isMutating(found)) return true;
  if (catalog.idempotency.header !== null && catalog.idempotency.honoured) return true;
  if (command.execution.kind !== 'http') return false;
  const { method, idempotency } = command.execution;
  if (method === 'PUT' || method === 'DELETE') return true;
  return catalog.idempotency.header !== null && idempotency?.honoured === true;
}

/** A digest as a UUID of version 8, the one for such uses (RFC 9562 §5.8). */
export function toUuid(text: string): string {
  const bytes = sha256(text).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// --- internal ---

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);
