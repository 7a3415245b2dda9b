/** Why something was not done, as a person is told. */
import { SdkError, SdkErrorCode } from '@modelcontextprotocol/client';
import type { CallToolResult } from '@modelcontextprotocol/client';
import * as z from 'zod/mini';

export interface Failure {
  readonly message: string;
  readonly suggestedAction?: string;
  /** `TASK_NOT_FOUND`, say; only oatty's own errors have one. */
  readonly code?: string;
}

/** What a tool gave that was marked as an error. */
export function toFailure({ structuredContent, content }: CallToolResult): Failure {
  const parsed = errorDocument.safeParse(structuredContent);
  if (!parsed.success) return { message: textOf(content) || 'The tool failed and did not say why.' };
  const { error_code: code, message, suggested_action: suggestedAction } = parsed.data.data;
  return { code, message, ...(suggestedAction && { suggestedAction }) };
}

/** What was thrown instead of an answer: the connection is gone, the host refuses, the time is up. */
export function thrownFailure(thrown: unknown): Failure {
  if (thrown instanceof SdkError && thrown.code === SdkErrorCode.RequestTimeout) return noAnswer;
  return {
    message:
      thrown instanceof Error && thrown.message !== '' ? thrown.message : 'The call did not get through.',
    suggestedAction: 'Try again; if it fails again, ask in the conversation.',
  };
}

// --- internal ---

const noAnswer: Failure = {
  message: 'There was no answer in time.',
  suggestedAction: 'It may have been done all the same: look at it in the conversation before you try again.',
};

const errorDocument = z.object({
  data: z.object({
    error_code: z.string(),
    message: z.string(),
    suggested_action: z.nullish(z.string()),
  }),
});

function textOf(content: CallToolResult['content']): string {
  return content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
}
