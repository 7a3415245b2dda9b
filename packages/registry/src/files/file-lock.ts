/**
 * One writer at a time, across processes.
 *
 * L1. The lock is a file that only one process can create. Its text says who holds it.
 * L2. The lock of a process that is gone, or one that is too old, is taken over. Only one process at a time may do
 *     that, so that nobody removes a lock that was taken a moment ago.
 * L3. Waiting is bounded: `STATE_LOCKED`.
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { errnoOf, OattyError, toStorageError } from '@oatty/types';
import { makeDirectory } from './write-file.ts';
import type { FileModes } from './write-file.ts';

export interface LockOptions {
  readonly waitMs?: number;
  /** Older locks are taken over, whoever holds them. */
  readonly staleMs?: number;
  /** For the directory of the lock, when it has to be made. */
  readonly modes?: FileModes;
}

/**
 * Runs `work` while no other process or caller holds the lock.
 *
 * @throws {OattyError} `STATE_LOCKED` when the lock did not become free in time; `STORAGE_FAILED` when the
 *   directory cannot be written
 */
export async function withFileLock<Result>(
  path: string,
  work: () => Promise<Result>,
  { waitMs = 10_000, staleMs = 60_000, modes = {} }: LockOptions = {},
): Promise<Result> {
  makeDirectory(dirname(path), modes);
  const owner: Owner = { pid: process.pid, host: hostname(), token: globalThis.crypto.randomUUID() };
  ownTokens.add(owner.token);
  try {
    await acquire(path, owner, { waitMs, staleMs });
    return await work();
  } finally {
    if (readOwner(path)?.token === owner.token) rmSync(path, { force: true });
    ownTokens.delete(owner.token);
  }
}

// --- internal ---

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** Locks that this process holds or waits for: the id of a process may come back after a restart, a token does not. */
const ownTokens = new Set<string>();
const longestPauseMs = 25;
/** Between the creation of a lock file and its text. */
const unwrittenMs = 2_000;
/** A stale lock is worth waiting for a little longer: whoever else takes it over may have died meanwhile. */
const takeOverMs = 2 * unwrittenMs;

async function acquire(
  path: string,
  owner: Owner,
  { waitMs, staleMs }: { readonly waitMs: number; readonly staleMs: number },
): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (let pauseMs = 1; !create(path, owner); pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const stale = isStale(path, staleMs);
    if (stale) takeOver(path, staleMs);
    if (performance.now() >= deadline + (stale ? takeOverMs : 0)) throw toLocked(path);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** @returns false when the file is there already */
function create(path: string, owner: Owner): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, JSON.stringify(owner));
    } finally {
      closeSync(file);
    }
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') return false;
    throw toStorageError(thrown, 'write', path);
  }
}

function isStale(path: string, staleMs: number): boolean {
  const ageMs = ageOf(path);
  if (ageMs === undefined) return false;
  const owner = readOwner(path);
  if (owner === undefined) return ageMs > unwrittenMs;
  return ageMs > staleMs || isGone(owner);
}

/** L2: the one who made the guard looks again before it removes the lock. */
function takeOver(path: string, staleMs: number): void {
  const guard = `${path}.takeover`;
  if (!create(guard, { pid: process.pid, host: hostname(), token: '' })) {
    if ((ageOf(guard) ?? 0) > unwrittenMs) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isStale(path, staleMs)) rmSync(path, { force: true });
  } catch (thrown) {
    throw toStorageError(thrown, 'remove', path);
  } finally {
    rmSync(guard, { force: true });
  }
}

function isGone({ pid, host, token }: Owner): boolean {
  if (host !== hostname()) return false;
  if (pid === process.pid) return !ownTokens.has(token);
  try {
    process.kill(pid, 0);
    return false;
  } catch (thrown) {
    return errnoOf(thrown) === 'ESRCH';
  }
}

function readOwner(path: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isOwner(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

function isOwner(value: unknown): value is Owner {
  return typeof value === 'object' && value !== null && 'pid' in value && 'host' in value && 'token' in value;
}

function ageOf(path: string): number | undefined {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

function toLocked(path: string): OattyError {
  const owner = readOwner(path);
  const holder = owner === undefined ? 'Another process' : `Process ${owner.pid} on ${owner.host}`;
  return new OattyError('STATE_LOCKED', `${holder} is writing: ${path} did not become free in time.`, {
    context: { path, ...(owner !== undefined && { pid: owner.pid, host: owner.host }) },
  });
}
