/** The licences of what a bundle was made of, which have to go with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param files - paths of the modules of the bundle */
export function collectLicenses(files: readonly string[]): string {
  const texts = [...new Set(files.flatMap(toPackageFolder))].map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as Manifest;
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
    return `${name} ${version} (${license})${text}`;
  });
  return `${texts.sort().join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

// --- internal ---

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The folder of the package that a bundled file is from; nothing for files of ours. */
function toPackageFolder(file: string): string[] {
  if (!file.includes('/node_modules/')) return [];
  let folder = dirname(file);
  while (!isPackageRoot(folder)) folder = dirname(folder);
  return [folder];
}

/** Some packages have a `package.json` without a name further down. */
function isPackageRoot(folder: string): boolean {
  const path = join(folder, 'package.json');
  return existsSync(path) && Object.hasOwn(JSON.parse(readFileSync(path, 'utf8')) as object, 'version');
}
