/** What to do next, in the words of the command line; the other packages speak of calls and their fields. */
import { errorTraits } from '@oatty/types';
import type { ErrorCode, ErrorPayload } from '@oatty/types';
import { toDurationText } from './duration-text.ts';

export function toAdvice(error: ErrorPayload): string {
  const { error_code, suggested_action } = error;
  const isGeneral = suggested_action === errorTraits[error_code].suggestedAction;
  const general = isGeneral ? inOurWords[error_code] : undefined;
  return adviceOnInputs(error) ?? adviceOnAnswer(error) ?? general ?? suggested_action;
}

// --- internal ---

function adviceOnInputs({ error_code, violations = [] }: ErrorPayload): string | undefined {
  if (error_code !== 'WORKFLOW_INPUTS_INCOMPLETE') return undefined;
  const names = violations.flatMap(({ path }) => /^\$\.inputs\.([^.[]+)$/.exec(path)?.[1] ?? []);
  return names.length === 0 ? undefined : `Pass ${names.map((name) => `--input ${name}=VALUE`).join(' ')}`;
}

/** What the API answered stands below the advice. */
function adviceOnAnswer({ error_code, context, suggested_action }: ErrorPayload): string | undefined {
  if (error_code !== 'HTTP_ERROR') return undefined;
  const { retry_after_ms: delayMs } = context;
  if (typeof delayMs === 'number') return `Call again in ${toDurationText(delayMs)}.`;
  return suggested_action.includes('response_payload') ? 'Correct what the API says is wrong.' : undefined;
}

const inOurWords: Readonly<Partial<Record<ErrorCode, string>>> = {
  ADDRESS_NOT_ALLOWED: 'Use a public address, or pass --allow-private when you trust it.',
  CATALOG_CONFLICT: 'Choose another --catalog-title or --vendor, or pass --overwrite.',
  CATALOG_NOT_FOUND: 'See oatty catalog list.',
  COMMAND_NOT_FOUND: 'Find it with oatty search.',
  SCHEDULE_ALREADY_EXISTS: 'Choose another --id, or remove that one first.',
  SCHEDULE_NOT_FOUND: 'See oatty schedule list.',
  WORKFLOW_ALREADY_EXISTS: 'Choose another id, or pass --overwrite.',
  WORKFLOW_NOT_FOUND: 'See oatty workflow list.',
  WORKFLOW_VERSION_CONFLICT: 'See its version now in oatty workflow list --json.',
};
