/** Resources of the conformance suite. */
import { ResourceSet } from '../../src/resources/resource-set.ts';
import type { Resource } from '../../src/resources/resource.ts';
import { pixel } from './call-tools.ts';

const description = 'A fixture of the conformance suite.';

export const fixtureResources: ResourceSet = new ResourceSet(
  [
    aText('test://static-text', 'This is the content of the static text resource.'),
    {
      uri: 'test://static-binary',
      name: 'static-binary',
      title: 'Binary',
      description,
      mimeType: 'image/png',
      read: async () => [{ mimeType: 'image/png', blob: pixel }],
    },
    aText('test://watched-resource', 'Watched resource content'),
  ],
  [
    {
      uriTemplate: 'test://template/{id}/data',
      name: 'template',
      title: 'Template',
      description,
      mimeType: 'application/json',
      complete: {},
      async read({ id }) {
        const text = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
        return [{ mimeType: 'application/json', text }];
      },
    },
  ],
);

// --- internal ---

function aText(uri: string, text: string): Resource {
  const mimeType = 'text/plain';
  return { uri, name: uri, title: uri, description, mimeType, read: async () => [{ mimeType, text }] };
}
