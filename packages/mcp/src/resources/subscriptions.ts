/**
 * What one client wants to hear of resources.
 *
 *   S1. The list has changed whenever a workflow or a catalog was added, changed or removed: it shows their versions.
 *   S2. A resource that the client subscribed to has changed when something that it shows has.
 */
import type { Changes } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { commandCatalog } from './command-catalog.ts';
import { matchTemplate } from './match-template.ts';
import { providerCatalog } from './provider-catalog.ts';
import type { ResourceSet } from './resource-set.ts';
import { workflowManifest } from './workflow-manifest.ts';
import { workflowManifests } from './workflow-manifests.ts';

const maxSubscriptions = 1_000;

export class Subscriptions {
  readonly #resources: ResourceSet;
  readonly #uris = new Set<string>();

  constructor(resources: ResourceSet) {
    this.#resources = resources;
  }

  /** @throws {OattyError} `RESOURCE_NOT_FOUND`, `LIMIT_EXCEEDED` */
  add(uri: string): void {
    this.#resources.check(uri);
    if (!this.#uris.has(uri) && this.#uris.size >= maxSubscriptions) {
      throw new OattyError('LIMIT_EXCEEDED', `A client has at most ${maxSubscriptions} subscriptions.`, {
        suggestedAction: 'Unsubscribe from some, or watch oatty://workflow/manifests.',
        context: { limit: 'maxSubscriptions', maximum: maxSubscriptions },
      });
    }
    this.#uris.add(uri);
  }

  remove(uri: string): void {
    this.#uris.delete(uri);
  }

  /** S2: addresses of the client, in the order in which it subscribed. */
  touchedBy(changes: Changes): readonly string[] {
    return [...this.#uris].filter((uri) => isTouched(uri, changes));
  }
}

// --- internal ---

function isTouched(uri: string, { workflows, vendors }: Changes): boolean {
  if (uri === workflowManifests.uri) return workflows.length > 0;
  const manifest = matchTemplate(workflowManifest.uriTemplate, uri);
  if (manifest) return workflows.includes(manifest['workflow_id'] ?? '');
  const catalog =
    matchTemplate(commandCatalog.uriTemplate, uri) ?? matchTemplate(providerCatalog.uriTemplate, uri);
  if (!catalog) return false;
  const touched = workflows.length > 0 ? [...vendors, 'workflow'] : vendors; // saved workflows are commands
  return catalog['vendor'] === undefined ? touched.length > 0 : touched.includes(catalog['vendor']);
}
