/** A workflow named on the command line: a saved one by its id, or a manifest. */
import type { WorkflowFormat, WorkflowSelector } from '@oatty/runtime';
import type { CliContext } from '../cli-command.ts';
import { readText } from './text-source.ts';

export const maxManifestBytes = 1024 * 1024;

export interface ManifestText {
  readonly manifest: string;
  readonly format: WorkflowFormat;
}

/** `fulfil_order` is an id; `fulfil_order.yaml`, anything else with a dot or a slash, and `-` (stdin) are manifests. */
export async function selectWorkflow(context: CliContext, word: string): Promise<WorkflowSelector> {
  const isManifest = word === '-' || /[./\\]/.test(word);
  return isManifest ? readManifest(context, word) : { workflowId: word };
}

export async function readManifest(context: CliContext, path: string): Promise<ManifestText> {
  const manifest = await readText(context.io, path, { maxBytes: maxManifestBytes, what: 'a manifest' });
  const isJson = path === '-' ? /^\s*\{/.test(manifest) : path.toLowerCase().endsWith('.json');
  return { manifest, format: isJson ? 'json' : 'yaml' };
}

/** A manifest has `workflow` or `steps` at its top level, or `arazzo`; a description has `openapi` or `swagger` there. */
export function looksLikeManifest(text: string): boolean {
  const keys = topLevelKeys(text);
  if (keys.has('openapi') || keys.has('swagger')) return false;
  return keys.has('workflow') || keys.has('steps') || keys.has('arazzo');
}

// --- internal ---

function topLevelKeys(text: string): ReadonlySet<string> {
  if (/^\s*\{/.test(text)) {
    try {
      return new Set(Object.keys(JSON.parse(text) as object));
    } catch {
      return new Set(); // whoever imports it says what is wrong
    }
  }
  // In block style a key at the margin is a key of the document.
  return new Set([...text.matchAll(/^(["']?)([A-Za-z]+)\1\s*:/gm)].map(([, , key]) => key ?? ''));
}
