/**
 * A file that bears the id of a workflow and cannot be used: whoever asks for the workflow, or wants to save, rename or
 * delete it, is told the same: which file it is, what is wrong in it and where, and what to do.
 *
 * Such a file is never read as another one, and never replaced or removed: it is the author's to correct.
 */
import { lstatSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { OattyError } from '@oatty/types';
import type { ErrorContext } from '@oatty/types';
import { readBytes } from '../files/read-text.ts';
import { checkSize, parseWorkflowText } from './parse-workflow-text.ts';
import type { TextLimits } from './parse-workflow-text.ts';
import { formatOfFile } from './scan-directory.ts';
import { decodeText } from './workflow-directory.ts';
import type { WorkflowList } from './workflow-directory.ts';
import { readId } from './workflow-rules.ts';

/**
 * @throws {OattyError} why the file cannot be used: `WORKFLOW_PARSE_FAILED` with `line` and `column`,
 *   `WORKFLOW_IDENTIFIER_INVALID`, `LIMIT_EXCEEDED`, `PATH_NOT_ALLOWED` or `STORAGE_FAILED`
 */
export async function refuseBrokenWorkflow(
  { items, problems }: WorkflowList,
  id: string,
  limits: TextLimits,
): Promise<void> {
  if (items.some((item) => item.workflow_id === id)) return;
  const broken = problems.find(
    ({ path }) => formatOfFile(path) !== undefined && basename(path, extname(path)) === id,
  );
  if (broken === undefined) return;
  const { code, message, options } = await findFlaw(broken.path, broken.message, limits);
  throw new OattyError(code, `The workflow "${id}" is in ${broken.path}, which cannot be used. ${message}`, {
    suggestedAction: options.suggestedAction ?? `Correct ${broken.path}, or move it away.`,
    context: { workflow_id: id, path: broken.path, ...placeIn(options.context) },
  });
}

// --- internal ---

/** The error that reading the file gives. */
async function findFlaw(path: string, message: string, limits: TextLimits): Promise<OattyError> {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return new OattyError('PATH_NOT_ALLOWED', message);
    checkSize(stats.size, limits);
    const text = decodeText(readBytes(path), path);
    readId((await parseWorkflowText(text, formatOfFile(path), limits)).value);
    return new OattyError('STORAGE_FAILED', message); // it was corrected a moment ago
  } catch (thrown) {
    return OattyError.from(thrown);
  }
}

function placeIn({ line, column }: ErrorContext = {}): ErrorContext {
  return typeof line === 'number' && typeof column === 'number' ? { line, column } : {};
}
