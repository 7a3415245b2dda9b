/**
 * The workflows on disk, by id.
 *
 * W1. One bad file is a problem of its own and harms no other.
 * W2. When two files hold one id, the one nearer to the top counts, then the first by path; both are reported.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { errnoOf, OattyError, toStorageError } from '@oatty/types';
import { compareText } from '../text/compare-text.ts';
import { sha256 } from '../text/sha256.ts';
import { checkSize, parseWorkflowText } from './parse-workflow-text.ts';
import type { TextLimits, WorkflowFormat } from './parse-workflow-text.ts';
import type { WorkflowSignature } from './read-signature.ts';
import { scanDirectory } from './scan-directory.ts';
import type { WorkflowFile, WorkflowProblem } from './scan-directory.ts';
import { summarizeWorkflow } from './summarize-workflow.ts';
import type { WorkflowSummary } from './summarize-workflow.ts';
import { isUnchanged, SummaryCache } from './summary-cache.ts';
import type { RememberedFile } from './summary-cache.ts';

export interface WorkflowListing extends WorkflowSummary {
  readonly path: string;
  readonly format: WorkflowFormat;
  /** SHA-256 of the bytes. */
  readonly version: string;
}

export interface WorkflowList {
  /** By id. */
  readonly items: readonly WorkflowListing[];
  readonly problems: readonly WorkflowProblem[];
}

/** A workflow with how it is called. */
export interface SignedWorkflow {
  readonly listing: WorkflowListing;
  readonly signature: WorkflowSignature;
}

export interface WorkflowScan {
  /** By id. */
  readonly workflows: readonly SignedWorkflow[];
  readonly problems: readonly WorkflowProblem[];
}

export interface DirectoryLimits extends TextLimits {
  readonly maxFiles: number;
}

export class WorkflowDirectory {
  readonly #root: string;
  readonly #limits: DirectoryLimits;
  readonly #cache: SummaryCache;

  constructor(root: string, cacheDir: string, limits: DirectoryLimits) {
    this.#root = root;
    this.#limits = limits;
    this.#cache = new SummaryCache(cacheDir);
  }

  /** @throws {OattyError} `STORAGE_FAILED` when the directory is there and cannot be read */
  async scan(): Promise<WorkflowScan> {
    const scan = scanDirectory(this.#root, this.#limits.maxFiles);
    const problems = [...scan.problems];
    const remembered: RememberedFile[] = [];
    const byId = new Map<string, SignedWorkflow[]>();
    for (const file of scan.files) {
      const known = await this.#recall(file);
      if (known === undefined) continue;
      remembered.push(known);
      const { summarized, version } = known;
      if (summarized.kind === 'problem') {
        problems.push({ path: file.path, message: summarized.message });
      } else {
        const { summary, signature } = summarized;
        addTo(byId, { listing: { ...summary, path: file.path, format: file.format, version }, signature });
      }
    }
    this.#cache.replace(remembered);
    for (const found of byId.values()) problems.push(...toDuplicates(found));
    const workflows = [...byId.values()].flatMap((found) => found.slice(0, 1));
    return {
      workflows: workflows.sort((first, second) =>
        compareText(first.listing.workflow_id, second.listing.workflow_id),
      ),
      problems: problems.sort((first, second) => compareText(first.path, second.path)),
    };
  }

  /** @returns `undefined` for a file that was removed a moment ago */
  async #recall(file: WorkflowFile): Promise<RememberedFile | undefined> {
    const { path, stamp } = file;
    const known = this.#cache.get(path);
    if (known !== undefined && isUnchanged(known, stamp)) return known;
    const readAtMs = Date.now();
    try {
      checkSize(stamp.size, this.#limits);
      const bytes = readFileSync(path);
      const version = sha256(bytes);
      if (known?.version === version) return { ...known, stamp, readAtMs };
      const { value } = await parseWorkflowText(decodeText(bytes, path), file.format, this.#limits);
      return { path, stamp, readAtMs, version, summarized: summarizeWorkflow(value) };
    } catch (thrown) {
      if (errnoOf(thrown) === 'ENOENT') return undefined;
      const { message } = toStorageError(thrown, 'read', path);
      return { path, stamp, readAtMs, version: '', summarized: { kind: 'problem', message } };
    }
  }
}

/**
 * @returns the text; encoded again, it gives the same bytes
 * @throws {OattyError} `WORKFLOW_PARSE_FAILED` for bytes that are not UTF-8
 */
export function decodeText(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    throw new OattyError('WORKFLOW_PARSE_FAILED', `${basename(path)} is not written in UTF-8.`, {
      context: { path },
      cause: thrown,
    });
  }
}

// --- internal ---

function addTo(byId: Map<string, SignedWorkflow[]>, workflow: SignedWorkflow): void {
  const { workflow_id } = workflow.listing;
  const found = byId.get(workflow_id);
  if (found === undefined) byId.set(workflow_id, [workflow]);
  else found.push(workflow);
}

/** W2. The first of those found is the one that counts. */
function toDuplicates(found: readonly SignedWorkflow[]): WorkflowProblem[] {
  const [used, ...others] = found.map(({ listing }) => listing);
  if (used === undefined || others.length === 0) return [];
  const id = used.workflow_id;
  const unused = others.map(({ path }) => path);
  return [
    {
      path: used.path,
      message: `The workflow "${id}" is in ${unused.join(', ')} too. This file is the one used.`,
    },
    ...unused.map((path) => ({
      path,
      message: `The workflow "${id}" is in ${used.path} too, and that file is used.`,
    })),
  ];
}
