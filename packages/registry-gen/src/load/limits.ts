/** What a description may cost. Each limit has its own message; a caller of this package may choose others. */
import { OattyError } from '@oatty/types';

export interface LoadLimits {
  /** Bytes of the document together with everything it refers to. */
  readonly maxBytes: number;
  /** Levels of nesting. */
  readonly maxDepth: number;
  /** Values in the document, with the targets of YAML aliases counted each time they are used. */
  readonly maxNodes: number;
  /** YAML aliases in one file. */
  readonly maxAliases: number;
  /** Files and URLs the document refers to. */
  readonly maxFiles: number;
  /** For one request, redirects and body included. */
  readonly timeoutMs: number;
}

export const defaultLimits: LoadLimits = {
  maxBytes: 50 * 1024 * 1024,
  maxDepth: 500,
  maxNodes: 5_000_000,
  maxAliases: 10_000,
  maxFiles: 5_000,
  timeoutMs: 30_000,
};

/** @param found - how much there was; left out where counting stopped at the limit */
export function limitExceeded(
  name: string,
  limit: keyof LoadLimits,
  allowed: number,
  found?: number,
): OattyError {
  const unit = units[limit];
  const size = found === undefined ? '' : `${found} ${unit}, `;
  return new OattyError('LIMIT_EXCEEDED', `"${name}" has ${size}more than the ${allowed} ${unit} allowed.`, {
    suggestedAction: 'Import a smaller description, or a part of this one.',
    context: { source: name, limit, allowed, ...(found !== undefined && { found }) },
  });
}

// --- internal ---

const units: Record<keyof LoadLimits, string> = {
  maxBytes: 'bytes',
  maxDepth: 'levels of nesting',
  maxNodes: 'values',
  maxAliases: 'YAML aliases',
  maxFiles: 'referenced files',
  timeoutMs: 'ms',
};
