/**
 * Descriptions that come with oatty: `oatty:jira` stands for one wherever a description is named.
 *
 *   B1. What begins with `oatty:` is never a path: a file of such a name is `./oatty:jira`.
 *   B2. A catalog keeps that name as its source, since the file has another place in each installation.
 */
import { fileURLToPath } from 'node:url';
import { OattyError } from '@oatty/types';

export function isBundledSource(source: string): boolean {
  return source.startsWith(prefix);
}

/**
 * @returns the path of the file, or `undefined` for a source of another kind
 * @throws {OattyError} `SOURCE_NOT_FOUND`
 */
export async function findBundledDescription(source: string): Promise<string | undefined> {
  if (!isBundledSource(source)) return undefined;
  const { descriptionNames, locateDescription } = await import('@oatty/tasks');
  const name = source.slice(prefix.length);
  if (descriptionNames.includes(name)) return fileURLToPath(locateDescription(name));
  throw new OattyError('SOURCE_NOT_FOUND', `No description "${name}" comes with oatty.`, {
    suggestedAction: `There are ${descriptionNames.map((known) => prefix + known).join(', ')}; a file is "./${source}".`,
    context: { source },
  });
}

// --- internal ---

const prefix = 'oatty:';
