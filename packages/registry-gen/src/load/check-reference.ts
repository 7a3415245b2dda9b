/** Where a document may refer to: addresses, and from a file on disk files below its own directory. */
import { OattyError } from '@oatty/types';
import { confineToDirectory } from './read-file.ts';
import { displayLocation, withoutCredentials } from './source-location.ts';

/** @throws {OattyError} `PATH_NOT_ALLOWED`, `SOURCE_NOT_FOUND` */
export async function checkReference(target: URL, root: URL): Promise<URL> {
  if (target.protocol === 'http:' || target.protocol === 'https:') return target;
  if (target.protocol === 'file:' && root.protocol === 'file:') return confineToDirectory(target, root);
  throw new OattyError(
    'PATH_NOT_ALLOWED',
    `"${displayLocation(root)}" refers to "${withoutCredentials(target.href)}", which is not read.`,
    {
      suggestedAction: 'Refer to files below the directory of the description, or to http(s) addresses.',
      context: { source: displayLocation(root), reference: withoutCredentials(target.href) },
    },
  );
}
