/** Resources in the order of `resources/list`, and how an address finds its resource. */
import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { matchTemplate } from './match-template.ts';
import { pageResources } from './page-resources.ts';
import type { ResourcePage } from './page-resources.ts';
import type { Resource, ResourceContent, ResourceTemplate } from './resource.ts';

export class ResourceSet {
  readonly fixed: readonly Resource[];
  readonly templates: readonly ResourceTemplate[];

  constructor(fixed: readonly Resource[], templates: readonly ResourceTemplate[]) {
    this.fixed = fixed;
    this.templates = templates;
  }

  /** @throws {OattyError} `ARGUMENT_INVALID` for a cursor that no page has given */
  async page(oatty: Oatty, cursor: string | undefined): Promise<ResourcePage> {
    const listed = await Promise.all(
      this.templates.map(async (template) => (await template.list?.(oatty)) ?? []),
    );
    return pageResources(
      {
        fixed: this.fixed.map(({ uri, name, title, description, mimeType }) => {
          return { uri, name, title, description, ...(mimeType !== undefined && { mimeType }) };
        }),
        dynamic: listed.flat().sort((first, second) => (first.uri < second.uri ? -1 : 1)),
      },
      cursor,
    );
  }

  /** @throws {OattyError} `RESOURCE_NOT_FOUND`, or what reading the resource throws */
  async read(uri: string, oatty: Oatty): Promise<readonly ResourceContent[]> {
    return this.#find(uri)(oatty);
  }

  /** @throws {OattyError} `RESOURCE_NOT_FOUND` for an address that no resource can have */
  check(uri: string): void {
    this.#find(uri);
  }

  #find(uri: string): Resource['read'] {
    const resource = this.fixed.find((candidate) => candidate.uri === uri);
    if (resource) return (oatty) => resource.read(oatty);
    for (const template of this.templates) {
      const values = matchTemplate(template.uriTemplate, uri);
      if (values) return (oatty) => template.read(values, oatty);
    }
    throw new OattyError('RESOURCE_NOT_FOUND', `There is no resource at "${uri.slice(0, 200)}".`, {
      context: { uri: uri.slice(0, 200) },
    });
  }
}
