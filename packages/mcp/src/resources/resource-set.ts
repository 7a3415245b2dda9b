/** Resources in the order of `resources/list`, and how an address finds its resource. */
import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { Resource, ResourceContent, ResourceTemplate } from './resource.ts';

export class ResourceSet {
  readonly list: readonly Resource[];
  readonly templates: readonly ResourceTemplate[];

  constructor(list: readonly Resource[], templates: readonly ResourceTemplate[]) {
    this.list = list;
    this.templates = templates;
  }

  /** @throws {OattyError} `RESOURCE_NOT_FOUND`, or what reading the resource throws */
  async read(uri: string, oatty: Oatty): Promise<readonly ResourceContent[]> {
    const resource = this.list.find((candidate) => candidate.uri === uri);
    if (resource) return resource.read(oatty);
    for (const template of this.templates) {
      const value = matchTemplate(template, uri);
      if (value !== undefined) return template.read(value, oatty);
    }
    throw new OattyError('RESOURCE_NOT_FOUND', `There is no resource at "${uri.slice(0, 200)}".`, {
      context: { uri: uri.slice(0, 200) },
    });
  }
}

// --- internal ---

/** What stands in the address at the place of the template's variable. */
function matchTemplate({ uriTemplate, variable }: ResourceTemplate, uri: string): string | undefined {
  const [prefix = '', suffix = ''] = uriTemplate.split(`{${variable}}`);
  if (uri.length < prefix.length + suffix.length || !uri.startsWith(prefix) || !uri.endsWith(suffix)) {
    return undefined;
  }
  return uri.slice(prefix.length, uri.length - suffix.length);
}
