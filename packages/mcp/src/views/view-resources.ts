/** The views of `@oatty/ui` as resources: each is there while there is a tool whose result it shows. */
import { widgets } from '@oatty/ui';
import type { Widget } from '@oatty/ui';
import type { PassingResources, Resource } from '../resources/resource.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import { viewMeta, viewMimeType } from './ui-extension.ts';

export function toViewResources(tools: Pick<Toolbox, 'read'>): PassingResources {
  const views = widgets.map(toResource);
  return {
    known: views,
    async read(oatty) {
      const { list } = await tools.read(oatty);
      return views.filter(({ uri }) => list.some(({ view }) => view === uri));
    },
  };
}

// --- internal ---

function toResource({ uri, title, description, readHtml }: Widget): Resource {
  return {
    uri,
    name: uri.replace('ui://', '').replace('/', '.'),
    title,
    description,
    mimeType: viewMimeType,
    _meta: viewMeta,
    async read() {
      return [{ mimeType: viewMimeType, text: await readHtml(), _meta: viewMeta }];
    },
  };
}
