/**
 * The saved workflows: listed, read, written, renamed, deleted.
 *
 * S1. The author's text is kept byte for byte. `version` is the SHA-256 of the bytes.
 * S2. Each change looks at the directory again under the lock of all processes, so that `expectedVersion` holds.
 * S3. A file that cannot be read as a workflow, or that holds another one, is never overwritten.
 * S4. One workflow has one file: saving in another format replaces the old file.
 */
import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { OattyError, workflowIdPattern } from '@oatty/types';
import { withFileLock } from '../files/file-lock.ts';
import { toStorageError } from '../files/storage-error.ts';
import { writeFileDurably } from '../files/write-file.ts';
import type { RuntimePaths } from '../paths/resolve-paths.ts';
import { nearestIds } from '../text/nearest-ids.ts';
import { sha256 } from '../text/sha256.ts';
import { defaultTextLimits, parseWorkflowText } from './parse-workflow-text.ts';
import type { WorkflowFormat } from './parse-workflow-text.ts';
import { summarizeWorkflow } from './summarize-workflow.ts';
import { decodeText, WorkflowDirectory } from './workflow-directory.ts';
import type { DirectoryLimits, WorkflowList, WorkflowListing } from './workflow-directory.ts';

export interface StoredWorkflow {
  readonly workflow_id: string;
  readonly path: string;
  readonly format: WorkflowFormat;
  /** The author's text. */
  readonly content: string;
  readonly version: string;
  /** What the text says; absent when it does not parse. */
  readonly parsed?: unknown;
}

export interface WorkflowSave {
  readonly content: string;
  /** When absent, a text that begins with `{` is JSON and any other is YAML. */
  readonly format?: WorkflowFormat;
  /** Must be the id in the text. */
  readonly workflowId?: string;
  readonly overwrite?: boolean;
  /** Replaces the workflow only if this is its version; needs no `overwrite`. */
  readonly expectedVersion?: string;
}

export interface WorkflowSaved {
  readonly workflow_id: string;
  readonly path: string;
  readonly format: WorkflowFormat;
  readonly version: string;
  readonly overwritten: boolean;
}

export function createWorkflowStore(
  paths: Pick<RuntimePaths, 'workflowsDir' | 'cacheDir'>,
  limits: Partial<DirectoryLimits> = {},
): WorkflowStore {
  return new WorkflowStore(paths, limits);
}

export class WorkflowStore {
  readonly #root: string;
  readonly #limits: DirectoryLimits;
  readonly #directory: WorkflowDirectory;

  constructor(
    { workflowsDir, cacheDir }: Pick<RuntimePaths, 'workflowsDir' | 'cacheDir'>,
    limits: Partial<DirectoryLimits>,
  ) {
    this.#root = workflowsDir;
    this.#limits = { ...defaultTextLimits, maxFiles: 10_000, ...limits };
    this.#directory = new WorkflowDirectory(workflowsDir, cacheDir, this.#limits);
  }

  async list(): Promise<WorkflowList> {
    return this.#directory.list();
  }

  /** @throws {OattyError} `WORKFLOW_NOT_FOUND` with the nearest ids, `WORKFLOW_IDENTIFIER_INVALID` */
  async get(id: string): Promise<StoredWorkflow> {
    const { workflow_id, path, format } = await this.#require(id);
    const bytes = readBytes(path);
    const content = decodeText(bytes, path);
    const found = { workflow_id, path, format, content, version: sha256(bytes) };
    try {
      return { ...found, parsed: (await parseWorkflowText(content, format, this.#limits)).value };
    } catch {
      return found;
    }
  }

  /**
   * @throws {OattyError} `WORKFLOW_PARSE_FAILED`, `WORKFLOW_IDENTIFIER_INVALID`, `WORKFLOW_IDENTIFIER_MISMATCH`,
   *   `WORKFLOW_ALREADY_EXISTS`, `WORKFLOW_VERSION_CONFLICT`, `PATH_NOT_ALLOWED`, `LIMIT_EXCEEDED`
   */
  async save(save: WorkflowSave): Promise<WorkflowSaved> {
    const { value, format } = await parseWorkflowText(save.content, save.format, this.#limits);
    const id = readId(value);
    if (save.workflowId !== undefined && save.workflowId !== id) throw toMismatch(save.workflowId, id);
    return this.#change(async () => {
      const existing = (await this.list()).items.find((item) => item.workflow_id === id);
      checkVersion(existing, id, save);
      const path = existing?.format === format ? existing.path : this.#pathFor(id, `.${format}`, existing);
      checkTarget(path, existing);
      await writeFileDurably(path, save.content);
      if (existing !== undefined && existing.path !== path) removeFile(existing.path);
      const version = sha256(save.content);
      return { workflow_id: id, path, format, version, overwritten: existing !== undefined };
    });
  }

  /**
   * Changes the id in the text and the name of the file; the rest of the text stays.
   *
   * @throws {OattyError} `WORKFLOW_NOT_FOUND`, `WORKFLOW_ALREADY_EXISTS`, `WORKFLOW_IDENTIFIER_INVALID`
   */
  async rename(
    id: string,
    newId: string,
    { overwrite = false }: { readonly overwrite?: boolean } = {},
  ): Promise<WorkflowSaved> {
    checkId(newId);
    if (newId === id) throw new OattyError('ARGUMENT_INVALID', `The workflow "${id}" has that id already.`);
    const { renameInText } = await import('./rename-in-text.ts');
    await this.#require(id);
    return this.#change(async () => {
      const list = await this.list();
      const { path: oldPath, format } = findWorkflow(list, id);
      const replaced = list.items.find((item) => item.workflow_id === newId);
      if (replaced !== undefined && !overwrite) throw toExisting(newId, replaced.path);
      const path = join(dirname(oldPath), newId + extname(oldPath));
      checkTarget(path, replaced);
      const text = renameInText(decodeText(readBytes(oldPath), oldPath), newId, this.#limits);
      await writeFileDurably(path, text);
      removeFile(oldPath);
      if (replaced !== undefined && replaced.path !== path) removeFile(replaced.path);
      return { workflow_id: newId, path, format, version: sha256(text), overwritten: replaced !== undefined };
    });
  }

  /** @throws {OattyError} `WORKFLOW_NOT_FOUND` */
  async delete(id: string): Promise<{ readonly workflow_id: string; readonly path: string }> {
    await this.#require(id);
    return this.#change(async () => {
      const { workflow_id, path } = await this.#require(id);
      removeFile(path);
      return { workflow_id, path };
    });
  }

  async #require(id: string): Promise<WorkflowListing> {
    return findWorkflow(await this.list(), id);
  }

  /** Beside the old file, or at the top of the directory. */
  #pathFor(id: string, extension: string, existing: WorkflowListing | undefined): string {
    return join(existing === undefined ? this.#root : dirname(existing.path), id + extension);
  }

  async #change<Result>(work: () => Promise<Result>): Promise<Result> {
    return withFileLock(join(this.#root, '.oatty.lock'), work);
  }
}

// --- internal ---

function readId(value: unknown): string {
  const summarized = summarizeWorkflow(value);
  if (summarized.kind === 'workflow') return summarized.summary.workflow_id;
  throw new OattyError('WORKFLOW_IDENTIFIER_INVALID', summarized.message);
}

function checkId(id: string): void {
  if (workflowIdPattern.test(id)) return;
  throw new OattyError(
    'WORKFLOW_IDENTIFIER_INVALID',
    `${JSON.stringify(id.slice(0, 80))} is no id of a workflow.`,
  );
}

function findWorkflow({ items, problems }: WorkflowList, id: string): WorkflowListing {
  checkId(id);
  const found = items.find((item) => item.workflow_id === id);
  if (found !== undefined) return found;
  const broken = problems.find(({ path }) => basename(path, extname(path)) === id);
  const nearest = nearestIds(
    id,
    items.map((item) => item.workflow_id),
    3,
  );
  const because = broken === undefined ? '' : ` ${broken.path} cannot be used: ${broken.message}`;
  throw new OattyError('WORKFLOW_NOT_FOUND', `There is no workflow "${id}".${because}`, {
    ...(nearest.length > 0 && {
      suggestedAction: `Did you mean ${nearest.map((near) => `"${near}"`).join(' or ')}?`,
    }),
    context: { workflow_id: id, nearest, ...(broken !== undefined && { path: broken.path }) },
  });
}

function checkVersion(
  existing: WorkflowListing | undefined,
  id: string,
  { overwrite, expectedVersion }: WorkflowSave,
): void {
  if (expectedVersion !== undefined && expectedVersion !== existing?.version) {
    const what = existing === undefined ? 'is not there any more' : 'was changed by somebody else';
    throw new OattyError('WORKFLOW_VERSION_CONFLICT', `The workflow "${id}" ${what}.`, {
      context: {
        workflow_id: id,
        expected_version: expectedVersion,
        actual_version: existing?.version ?? null,
      },
    });
  }
  if (existing === undefined || overwrite === true || expectedVersion !== undefined) return;
  throw toExisting(id, existing.path);
}

/** S3 */
function checkTarget(path: string, replaced: WorkflowListing | undefined): void {
  if (path === replaced?.path) return;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (stats.isSymbolicLink()) {
    throw new OattyError('PATH_NOT_ALLOWED', `${path} is a link; links are not followed.`, {
      suggestedAction: `Remove the link ${path}, or use another id.`,
      context: { path },
    });
  }
  throw new OattyError(
    'WORKFLOW_ALREADY_EXISTS',
    `The file ${path} is there already and holds something else.`,
    {
      suggestedAction: `Move ${path} away, or use another id.`,
      context: { path },
    },
  );
}

function toExisting(id: string, path: string): OattyError {
  return new OattyError('WORKFLOW_ALREADY_EXISTS', `The workflow "${id}" is there already.`, {
    context: { workflow_id: id, path },
  });
}

function toMismatch(id: string, idInText: string): OattyError {
  return new OattyError(
    'WORKFLOW_IDENTIFIER_MISMATCH',
    `The text is of workflow "${idInText}", not of "${id}".`,
    {
      context: { workflow_id: id, manifest_workflow_id: idInText },
    },
  );
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw toStorageError(thrown, 'read', path);
  }
}

function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (thrown) {
    throw toStorageError(thrown, 'remove', path);
  }
}
