/** Text that a call names: a file, or `-` for standard input. Bounded, and read once. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OattyError } from '@oatty/types';
import type { Io } from '../io.ts';

export interface TextLimits {
  readonly maxBytes: number;
  /** For the error: `a manifest`. */
  readonly what: string;
}

/** @throws {OattyError} `SOURCE_NOT_FOUND`, `LIMIT_EXCEEDED`, `ARGUMENT_INVALID` */
export async function readText(io: Io, path: string, limits: TextLimits): Promise<string> {
  return (await readBytes(io, path, limits)).toString('utf8');
}

/** The same for what need not be text. */
export async function readBytes(io: Io, path: string, limits: TextLimits): Promise<Buffer> {
  return path === '-' ? readStdinBytes(io, limits) : readFileBytes(io, path, limits);
}

/** @throws {OattyError} `LIMIT_EXCEEDED`; `ARGUMENT_INVALID` when it was read before */
export async function readStdin(io: Pick<Io, 'stdin'>, limits: TextLimits): Promise<string> {
  return (await readStdinBytes(io, limits)).toString('utf8');
}

// --- internal ---

async function readStdinBytes({ stdin }: Pick<Io, 'stdin'>, limits: TextLimits): Promise<Buffer> {
  if (stdin.readableDidRead) {
    throw new OattyError('ARGUMENT_INVALID', 'Standard input can be read only once, and is named twice.', {
      suggestedAction: 'Give one of them as a file.',
    });
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk as Uint8Array | string);
    size += bytes.length;
    if (size > limits.maxBytes) throw tooLarge('standard input', limits);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** No more than the limit is ever read, whatever kind of file it is and whatever size it claims. */
async function readFileBytes({ cwd }: Io, path: string, limits: TextLimits): Promise<Buffer> {
  try {
    await using file = await open(resolve(cwd, path));
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const bytes = chunk as Buffer; // no encoding is set
      size += bytes.length;
      if (size > limits.maxBytes) throw tooLarge(path, limits);
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw error instanceof OattyError ? error : toReadError(path, error);
  }
}

function tooLarge(path: string, { maxBytes, what }: TextLimits): OattyError {
  return new OattyError('LIMIT_EXCEEDED', `${path} is larger than ${what} may be (${maxBytes} bytes).`, {
    suggestedAction: 'Name a smaller one, or check that this is the one you mean.',
    context: { path, max_bytes: maxBytes },
  });
}

function toReadError(path: string, error: unknown): OattyError {
  const { code } = error as NodeJS.ErrnoException;
  const known = readFailures[code ?? ''];
  return new OattyError(
    'SOURCE_NOT_FOUND',
    known?.message(path) ?? `${path} cannot be read (${code ?? 'unknown reason'}).`,
    {
      suggestedAction: known?.advice ?? 'Check the path and the permissions of the file.',
      context: { path },
      cause: error,
    },
  );
}

interface ReadFailure {
  readonly message: (path: string) => string;
  readonly advice: string;
}

const readFailures: Readonly<Record<string, ReadFailure | undefined>> = {
  ENOENT: { message: (path) => `There is no file ${path}.`, advice: 'Check the path.' },
  EISDIR: { message: (path) => `${path} is a directory.`, advice: 'Name a file in it.' },
  EACCES: { message: (path) => `${path} may not be read.`, advice: 'Check the permissions of the file.' },
};
