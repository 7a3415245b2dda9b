/** Looks references to tests up in the text of the files. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './command-line.ts';
import type { TestReference } from './requirements.ts';

/** @returns those that are not there, stand there more than once, or are switched off */
export async function findMissingTests(references: readonly TestReference[]): Promise<string[]> {
  const texts = new Map<string, Promise<string>>();
  const missing: string[] = [];
  for (const { file, title } of references) {
    const text = texts.get(file) ?? readFile(join(repository, file), 'utf8').catch(() => '');
    texts.set(file, text);
    if (!isTested(await text, title)) missing.push(`${file}: ${title}`);
  }
  return missing;
}

// --- internal ---

function isTested(text: string, title: string): boolean {
  const quote = title.includes("'") ? '"' : "'";
  const [before = '', ...others] = text.split(`${quote}${title}${quote},`);
  const call = before.trimEnd().split('\n').at(-1) ?? '';
  return others.length === 1 && call.endsWith('(') && !/\bit\.(skip|todo|fails)\b/.test(call);
}
