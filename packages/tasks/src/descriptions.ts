/**
 * Descriptions of the APIs that integrations call: what is used of each, and no more.
 *
 *   D1. They are in `descriptions/`, which stands beside the folder of this module, be that `src`, `dist`, or the chunks
 *       of a bundle.
 */
export const descriptionNames: readonly string[] = ['google-calendar', 'jira', 'slack'];

/** @param name - one of the names */
export function locateDescription(name: string): URL {
  return new URL(`../descriptions/${name}.yaml`, import.meta.url);
}
