/**
 * What a widget shows: decided by what the host tells it. Pure.
 *
 *   S1. A result that follows another replaces it, and what was shown begins anew (`serial`).
 *   S2. Documents are read once, here; one that does not fit is a failure and never half shown.
 */
import type { CallToolResult } from '@modelcontextprotocol/client';
import type * as z from 'zod/mini';
import { toFailure } from './failure.ts';
import type { Failure } from './failure.ts';

export type WidgetState<Document> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly document: Document; readonly serial: number };

export function readResult<Document>(
  result: CallToolResult,
  schema: z.ZodMiniType<Document>,
  serial: number,
): WidgetState<Document> {
  if (result.isError === true) return { kind: 'failed', failure: toFailure(result) };
  const parsed = schema.safeParse(result.structuredContent);
  if (parsed.success) return { kind: 'ready', document: parsed.data, serial };
  return { kind: 'failed', failure: notUnderstood };
}

export const notUnderstood: Failure = {
  message: 'The answer is not one that this widget can show.',
  suggestedAction: 'Ask for the result as text.',
};
