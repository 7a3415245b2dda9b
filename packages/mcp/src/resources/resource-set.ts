/** Resources in the order of `resources/list`, and how an address finds its resource. */
import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { matchTemplate } from './match-template.ts';
import { pageResources } from './page-resources.ts';
import type { ResourcePage } from './page-resources.ts';
import type {
  ListedResource,
  PassingResources,
  Resource,
  ResourceContent,
  ResourceTemplate,
} from './resource.ts';

export class ResourceSet {
  readonly fixed: readonly Resource[];
  readonly templates: readonly ResourceTemplate[];
  readonly #passing: PassingResources;

  constructor(
    fixed: readonly Resource[],
    templates: readonly ResourceTemplate[],
    passing: PassingResources = none,
  ) {
    this.fixed = fixed;
    this.templates = templates;
    this.#passing = passing;
  }

  /** @throws {OattyError} `ARGUMENT_INVALID` for a cursor that no page has given */
  async page(oatty: Oatty, cursor: string | undefined): Promise<ResourcePage> {
    const listed = await Promise.all([
      ...this.templates.map(async (template) => (await template.list?.(oatty)) ?? []),
      this.#passing.read(oatty),
    ]);
    return pageResources(
      {
        fixed: this.fixed.map(toListed),
        dynamic: listed
          .flat()
          .map(toListed)
          .sort((first, second) => (first.uri < second.uri ? -1 : 1)),
      },
      cursor,
    );
  }

  /** @throws {OattyError} `RESOURCE_NOT_FOUND`, or what reading the resource throws */
  async read(uri: string, oatty: Oatty): Promise<readonly ResourceContent[]> {
    const read = this.#find(uri);
    if (await this.#isAway(uri, oatty)) throw notThere(uri);
    return read(oatty);
  }

  /** @throws {OattyError} `RESOURCE_NOT_FOUND` for an address that no resource can have */
  check(uri: string): void {
    this.#find(uri);
  }

  /** One of those that are there at times, and not now. */
  async #isAway(uri: string, oatty: Oatty): Promise<boolean> {
    const has = (resources: readonly Resource[]) => resources.some((resource) => resource.uri === uri);
    return has(this.#passing.known) && !has(await this.#passing.read(oatty));
  }

  #find(uri: string): Resource['read'] {
    const resource = [...this.fixed, ...this.#passing.known].find((candidate) => candidate.uri === uri);
    if (resource) return (oatty) => resource.read(oatty);
    for (const template of this.templates) {
      const values = matchTemplate(template.uriTemplate, uri);
      if (values) return (oatty) => template.read(values, oatty);
    }
    throw notThere(uri);
  }
}

// --- internal ---

const none: PassingResources = { known: [], read: async () => [] };

function toListed({ uri, name, title, description, mimeType, _meta }: ListedResource): ListedResource {
  return {
    uri,
    name,
    title,
    description,
    ...(mimeType !== undefined && { mimeType }),
    ...(_meta && { _meta }),
  };
}

function notThere(uri: string): OattyError {
  return new OattyError('RESOURCE_NOT_FOUND', `There is no resource at "${uri.slice(0, 200)}".`, {
    context: { uri: uri.slice(0, 200) },
  });
}
