/**
 * The saved workflows: listed, read, written, renamed, deleted.
 *
 * S1. The author's text is kept byte for byte. `version` is the SHA-256 of the bytes.
 * S2. Each change looks at the directory again under the lock of all processes, so that `expectedVersion` holds.
 * S3. One workflow has one file: saving in another format replaces the old file.
 */
import { dirname, extname, join } from 'node:path';
import { OattyError } from '@oatty/types';
import { withFileLock } from '../files/file-lock.ts';
import { readBytes } from '../files/read-text.ts';
import { removeFile } from '../files/remove-file.ts';
import { writeFileDurably } from '../files/write-file.ts';
import type { RuntimePaths } from '../paths/resolve-paths.ts';
import { sha256 } from '../text/sha256.ts';
import { refuseBrokenWorkflow } from './broken-workflow.ts';
import { defaultTextLimits, parseWorkflowText } from './parse-workflow-text.ts';
import type { WorkflowFormat } from './parse-workflow-text.ts';
import { decodeText, WorkflowDirectory } from './workflow-directory.ts';
import type { DirectoryLimits, SignedWorkflow, WorkflowList, WorkflowListing } from './workflow-directory.ts';
import {
  checkId,
  checkIdMatches,
  checkReplacement,
  checkTarget,
  findWorkflow,
  readId,
} from './workflow-rules.ts';
import type { ReplacementLeave } from './workflow-rules.ts';

export interface WorkflowText {
  readonly workflow_id: string;
  readonly path: string;
  readonly format: WorkflowFormat;
  /** The author's text. */
  readonly content: string;
  readonly version: string;
}

export interface StoredWorkflow extends WorkflowText {
  /** What the text says; absent when it does not parse. */
  readonly parsed?: unknown;
}

export interface WorkflowSave extends ReplacementLeave {
  readonly content: string;
  /** When absent, a text that begins with `{` is JSON and any other is YAML. */
  readonly format?: WorkflowFormat;
  /** Must be the id in the text. */
  readonly workflowId?: string;
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
    const { workflows, problems } = await this.#directory.scan();
    return { items: workflows.map(({ listing }) => listing), problems };
  }

  /** How each workflow is called. By id. */
  async signatures(): Promise<readonly SignedWorkflow[]> {
    return (await this.#directory.scan()).workflows;
  }

  /**
   * @throws {OattyError} `WORKFLOW_NOT_FOUND` with the nearest ids, `WORKFLOW_IDENTIFIER_INVALID`, and what is wrong with
   *   the file of that name (`broken-workflow.ts`)
   */
  async get(id: string): Promise<StoredWorkflow> {
    const found = await this.read(id);
    try {
      return {
        ...found,
        parsed: (await parseWorkflowText(found.content, found.format, this.#limits)).value,
      };
    } catch {
      return found;
    }
  }

  /** The text alone. @throws {OattyError} as `get` */
  async read(id: string): Promise<WorkflowText> {
    const { workflow_id, path, format } = await this.#require(id);
    const bytes = readBytes(path);
    return { workflow_id, path, format, content: decodeText(bytes, path), version: sha256(bytes) };
  }

  /**
   * @throws {OattyError} `WORKFLOW_PARSE_FAILED`, `WORKFLOW_IDENTIFIER_INVALID`, `WORKFLOW_IDENTIFIER_MISMATCH`,
   *   `WORKFLOW_ALREADY_EXISTS`, `WORKFLOW_VERSION_CONFLICT`, `PATH_NOT_ALLOWED`, `LIMIT_EXCEEDED`
   */
  async save(save: WorkflowSave): Promise<WorkflowSaved> {
    const { value, format } = await parseWorkflowText(save.content, save.format, this.#limits);
    const id = readId(value);
    checkIdMatches(save.workflowId, id);
    return this.#change(async () => {
      const existing = await this.#find(await this.list(), id);
      checkReplacement(id, existing, save);
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
      const replaced = await this.#find(list, newId);
      checkReplacement(newId, replaced, { overwrite });
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
    checkId(id);
    const list = await this.list();
    return (await this.#find(list, id)) ?? findWorkflow(list, id);
  }

  /** @throws {OattyError} what is wrong with the file of that name (`broken-workflow.ts`) */
  async #find(list: WorkflowList, id: string): Promise<WorkflowListing | undefined> {
    await refuseBrokenWorkflow(list, id, this.#limits);
    return list.items.find((item) => item.workflow_id === id);
  }

  /** Beside the old file, or at the top of the directory. */
  #pathFor(id: string, extension: string, existing: WorkflowListing | undefined): string {
    return join(existing === undefined ? this.#root : dirname(existing.path), id + extension);
  }

  async #change<Result>(work: () => Promise<Result>): Promise<Result> {
    return withFileLock(join(this.#root, '.oatty.lock'), work);
  }
}
