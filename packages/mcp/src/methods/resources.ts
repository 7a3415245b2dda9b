/** `resources/list`, `resources/templates/list`, `resources/read` and `completion/complete`. */
import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import type { McpSurface } from '../surface.ts';
import { defineMethod, noCursor } from './method.ts';
import type { Methods } from './method.ts';

/** The protocol's own limit for one completion. */
const maxCompletions = 100;

export function toResourceMethods(oatty: Oatty, { resources }: McpSurface): Methods {
  return {
    'resources/list': defineMethod(noCursor, async () => ({
      resources: resources.list.map(({ uri, name, title, description, mimeType }) => {
        return { uri, name, title, description, mimeType };
      }),
    })),
    'resources/templates/list': defineMethod(noCursor, async () => ({
      resourceTemplates: resources.templates.map(({ uriTemplate, name, title, description }) => {
        return { uriTemplate, name, title, description };
      }),
    })),
    'resources/read': defineMethod(z.object({ uri: z.string() }), async ({ uri }) => ({
      contents: (await resources.read(uri, oatty)).map((part) => ({ uri, ...part })),
    })),
    'completion/complete': defineMethod(completionParams, async ({ ref, argument }) => {
      const template = resources.templates.find(({ uriTemplate }) => uriTemplate === ref.uri);
      if (!template || argument.name !== template.variable) throw cannotComplete(ref.uri, argument.name);
      const values = await template.complete(argument.value, oatty);
      const first = values.slice(0, maxCompletions);
      return { completion: { values: first, total: values.length, hasMore: values.length > first.length } };
    }),
  };
}

// --- internal ---

const completionParams = z.object({
  ref: z.object({ type: z.literal('ref/resource'), uri: z.string() }),
  argument: z.object({ name: z.string(), value: z.string() }),
});

function cannotComplete(uri: string, name: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', `Nothing completes "${name}" of "${uri}".`, {
    suggestedAction: 'List the resource templates to see their variables.',
    context: { uri, argument: name },
  });
}
