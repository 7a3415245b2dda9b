/** Every resource, in the order of `resources/list`, and how an address finds its resource. */
import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { Resource, ResourceTemplate, ResourceText } from './resource.ts';
import { workflowManifest } from './workflow-manifest.ts';
import { workflowManifests } from './workflow-manifests.ts';
import { workflowSchema } from './workflow-schema.ts';
import { workflowSpec } from './workflow-spec.ts';

export const resources: readonly Resource[] = [workflowSpec, workflowSchema, workflowManifests];

export const resourceTemplates: readonly ResourceTemplate[] = [workflowManifest];

/** @throws {OattyError} `RESOURCE_NOT_FOUND`, or what reading the resource throws */
export async function readResource(uri: string, oatty: Oatty): Promise<readonly ResourceText[]> {
  const resource = resources.find((candidate) => candidate.uri === uri);
  if (resource) return resource.read(oatty);
  for (const template of resourceTemplates) {
    const value = matchTemplate(template, uri);
    if (value !== undefined) return template.read(value, oatty);
  }
  throw new OattyError('RESOURCE_NOT_FOUND', `There is no resource at "${uri.slice(0, 200)}".`, {
    context: { uri: uri.slice(0, 200) },
  });
}

// --- internal ---

/** The variable ends the address: nothing follows it. */
function matchTemplate({ uriTemplate, variable }: ResourceTemplate, uri: string): string | undefined {
  const prefix = uriTemplate.slice(0, -`{${variable}}`.length);
  return uri.startsWith(prefix) ? uri.slice(prefix.length) : undefined;
}
