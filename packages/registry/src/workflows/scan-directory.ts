/**
 * The files below the workflow directory that may hold a workflow.
 *
 * D1. `*.yaml`, `*.yml` and `*.json`, in subdirectories too; names that begin with a dot are not looked at.
 * D2. Links are not followed, so that nothing outside the directory is read or written.
 * D3. The number of files and the depth are bounded.
 */
import { lstatSync, readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { extname, join } from 'node:path';
import { errnoOf, toStorageError } from '@oatty/types';
import { toStamp } from '../files/file-stamp.ts';
import type { FileStamp } from '../files/file-stamp.ts';
import { compareText } from '../text/compare-text.ts';
import type { WorkflowFormat } from './parse-workflow-text.ts';

export interface WorkflowFile {
  readonly path: string;
  readonly format: WorkflowFormat;
  readonly stamp: FileStamp;
  /** Number of directories between it and the workflow directory. */
  readonly depth: number;
}

export interface WorkflowProblem {
  readonly path: string;
  readonly message: string;
}

export interface DirectoryScan {
  /** Files nearer to the top first, then by path. */
  readonly files: readonly WorkflowFile[];
  readonly problems: readonly WorkflowProblem[];
}

/** @throws {OattyError} `STORAGE_FAILED` when the directory is there and cannot be read */
export function scanDirectory(root: string, maxFiles: number): DirectoryScan {
  const scan: Scan = { files: [], problems: [], maxFiles };
  try {
    visit(root, 0, scan);
  } catch (thrown) {
    if (errnoOf(thrown) !== 'ENOENT') throw toStorageError(thrown, 'read', root);
  }
  scan.files.sort((first, second) => first.depth - second.depth || compareText(first.path, second.path));
  return scan;
}

/** `undefined` for a file that holds no workflow. */
export function formatOfFile(path: string): WorkflowFormat | undefined {
  const extension = extname(path);
  if (extension === '.yaml' || extension === '.yml') return 'yaml';
  return extension === '.json' ? 'json' : undefined;
}

// --- internal ---

const maxDepth = 16;

interface Scan {
  readonly files: WorkflowFile[];
  readonly problems: WorkflowProblem[];
  readonly maxFiles: number;
}

function visit(directory: string, depth: number, scan: Scan): void {
  const entries = readdirSync(directory, { withFileTypes: true });
  for (const entry of entries.sort((first, second) => compareText(first.name, second.name))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(directory, entry.name);
    if (entry.isSymbolicLink())
      scan.problems.push({ path, message: 'This is a link; links are not followed.' });
    else if (entry.isDirectory()) visitBelow(path, depth + 1, scan);
    else addFile(entry, path, depth, scan);
  }
}

/** One directory that cannot be read harms no other. */
function visitBelow(path: string, depth: number, scan: Scan): void {
  if (depth > maxDepth) {
    scan.problems.push({
      path,
      message: `This lies more than ${maxDepth} directories deep and is not read.`,
    });
    return;
  }
  try {
    visit(path, depth, scan);
  } catch (thrown) {
    scan.problems.push({ path, message: toStorageError(thrown, 'read', path).message });
  }
}

function addFile(entry: Dirent, path: string, depth: number, scan: Scan): void {
  const format = formatOfFile(entry.name);
  if (format === undefined || !entry.isFile()) return;
  if (scan.files.length === scan.maxFiles) {
    scan.problems.push({
      path,
      message: `There are more than ${scan.maxFiles} files; this one is not read.`,
    });
    return;
  }
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined) scan.files.push({ path, format, stamp: toStamp(stats), depth });
}
