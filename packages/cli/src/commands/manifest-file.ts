/** A workflow named on the command line: a saved one by its id, or a file. */
import { open, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OattyError, workflowIdPattern } from '@oatty/types';
import type { WorkflowFormat, WorkflowSelector } from '@oatty/runtime';
import type { CliContext } from '../cli-command.ts';
import { readStdin } from '../io.ts';

const maxManifestBytes = 1024 * 1024;

/** `fulfil_order` is an id; `./fulfil_order.yaml`, anything with a dot or a slash, and `-` (stdin) are texts. */
export async function selectWorkflow(context: CliContext, word: string): Promise<WorkflowSelector> {
  if (workflowIdPattern.test(word)) return { workflowId: word };
  return readManifest(context, word);
}

export async function readManifest(
  context: CliContext,
  path: string,
): Promise<{ readonly manifest: string; readonly format: WorkflowFormat }> {
  const manifest = path === '-' ? await readAllOfStdin(context) : await readText(context, path);
  const isJson = path === '-' ? /^\s*[{[]/.test(manifest) : path.toLowerCase().endsWith('.json');
  return { manifest, format: isJson ? 'json' : 'yaml' };
}

/** The first bytes of a file, to see what it is. */
export async function readHead(context: CliContext, path: string): Promise<string> {
  const file = await open(resolve(context.io.cwd, path)).catch((error: unknown) => {
    throw toReadError(path, error);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    throw toReadError(path, error);
  } finally {
    await file.close();
  }
}

// --- internal ---

async function readText(context: CliContext, path: string): Promise<string> {
  const absolute = resolve(context.io.cwd, path);
  try {
    const { size } = await stat(absolute);
    if (size > maxManifestBytes) throw tooLarge(path);
    return await readFile(absolute, 'utf8');
  } catch (error) {
    throw error instanceof OattyError ? error : toReadError(path, error);
  }
}

async function readAllOfStdin(context: CliContext): Promise<string> {
  const text = await readStdin(context.io, maxManifestBytes);
  if (text === undefined) throw tooLarge('standard input');
  return text;
}

function tooLarge(path: string): OattyError {
  return new OattyError(
    'LIMIT_EXCEEDED',
    `${path} is larger than a manifest may be (${maxManifestBytes} bytes).`,
    {
      suggestedAction: 'Name a workflow manifest, or split it into sub-workflows.',
      context: { path, max_bytes: maxManifestBytes },
    },
  );
}

function toReadError(path: string, error: unknown): OattyError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') {
    return new OattyError('SOURCE_NOT_FOUND', `There is no file ${path}.`, { context: { path } });
  }
  return new OattyError('SOURCE_NOT_FOUND', `${path} cannot be read (${code ?? 'unknown reason'}).`, {
    suggestedAction:
      code === 'EISDIR' ? 'Name a file, not a directory.' : 'Check the permissions of the file.',
    context: { path },
    cause: error,
  });
}
