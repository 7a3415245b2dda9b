/** `resources/list`, `resources/templates/list` and `resources/read`. */
import type { Oatty } from '@oatty/runtime';
import * as z from 'zod';
import type { McpSurface } from '../surface.ts';
import { defineMethod, noCursor } from './method.ts';
import type { Methods } from './method.ts';

export function toResourceMethods(oatty: Oatty, { resources }: McpSurface): Methods {
  return {
    'resources/list': defineMethod(listParams, ({ cursor }) => resources.page(oatty, cursor)),
    'resources/templates/list': defineMethod(noCursor, async () => ({
      resourceTemplates: resources.templates.map(({ uriTemplate, name, title, description, mimeType }) => ({
        uriTemplate,
        name,
        title,
        description,
        ...(mimeType !== undefined && { mimeType }),
      })),
    })),
    'resources/read': defineMethod(z.object({ uri: z.string() }), async ({ uri }) => ({
      contents: (await resources.read(uri, oatty)).map((part) => ({ uri, ...part })),
    })),
  };
}

// --- internal ---

const listParams = z.object({ cursor: z.string().optional() });
