/** Whether the files and directories are there, what they are, and what may be done with them. */
import { constants } from 'node:fs';
import { access, lstat, readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RuntimePaths } from '@oatty/registry';
import { broken, ok, warning } from './finding.ts';
import type { Note } from './finding.ts';

export async function examineFiles(paths: RuntimePaths): Promise<Note[]> {
  return [
    await examinePath(paths.registryFile, 'file', 'The registry'),
    await examinePath(paths.catalogsDir, 'directory', 'The directory of catalogs'),
    await examinePath(paths.workflowsDir, 'directory', 'The directory of workflows'),
    await examinePath(dirname(paths.stateFile), 'directory', 'The directory of the state'),
    ...(await examineServers(paths.mcpConfigFile)),
  ];
}

// --- internal ---

type Kind = 'file' | 'directory';

async function examinePath(path: string, kind: Kind, name: string): Promise<Note> {
  const link = await lstat(path).catch(() => undefined);
  if (link === undefined) return examineAbsent(path, name);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    return broken(path, `${name} is a link that leads nowhere.`, `Remove the link ${path}, or correct it.`);
  }
  if (kind === 'file' ? !found.isFile() : !found.isDirectory()) {
    return broken(path, `${name} is no ${kind}.`, `Move ${path} away.`);
  }
  const needed = kind === 'file' ? 'read' : 'read and searched';
  if (!(await isAllowed(path, kind === 'file' ? constants.R_OK : constants.R_OK | constants.X_OK))) {
    return broken(path, `${name} cannot be ${needed}.`, `Give yourself permission: chmod u+rX ${path}.`);
  }
  // Files are replaced, so it is their directory that must be writable.
  const writable = kind === 'file' ? dirname(path) : path;
  if (!(await isAllowed(writable, constants.W_OK))) {
    return warning(path, `${name} is read-only.`, `To save anything: chmod u+w ${writable}.`);
  }
  return ok(path, link.isSymbolicLink() ? `${name} is a link to ${await realpath(path)}.` : `${name}.`);
}

/** Made when something is saved, where that is possible. */
async function examineAbsent(path: string, name: string): Promise<Note> {
  const parent = await nearestExisting(dirname(path));
  const isDirectory = (await stat(parent)).isDirectory();
  if (isDirectory && (await isAllowed(parent, constants.W_OK | constants.X_OK))) {
    return ok(path, `${name} is made when something is saved.`);
  }
  const what = isDirectory ? 'may not be written' : 'is no directory';
  return broken(
    path,
    `${name} is not there, and cannot be made: ${parent} ${what}.`,
    `Correct ${parent}, or set another path.`,
  );
}

async function nearestExisting(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestExisting(dirname(path));
}

function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/** The list of downstream servers, where there is one. */
async function examineServers(path: string): Promise<Note[]> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  try {
    JSON.parse(text);
    return [ok(path, 'The list of downstream servers.')];
  } catch {
    return [broken(path, 'The list of downstream servers is no JSON.', `Correct ${path}.`)];
  }
}
