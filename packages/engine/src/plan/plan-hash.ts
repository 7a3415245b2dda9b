/**
 * Identifies what a person agrees to: the manifest, the inputs, and what each command may do.
 *
 * Values of secret inputs do not count; a digest of a short secret would give it away.
 */
import type { Effect, Workflow } from '@oatty/types';
import { maskSecretInputs } from '../input/secret-inputs.ts';
import { toCanonicalJson } from './canonical-json.ts';

export interface HashedPlan {
  readonly workflow: Workflow;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly steps: readonly { readonly step_id: string; readonly run: string; readonly effect: Effect }[];
}

/** @returns SHA-256 in hexadecimal; the same for the same content, whatever the order of keys */
export async function toPlanHash({ workflow, inputs, steps }: HashedPlan): Promise<string> {
  const effects = steps.map(({ step_id, run, effect }) => [step_id, run, effect]);
  const text = toCanonicalJson({ workflow, inputs: maskSecretInputs(workflow, inputs), effects });
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
