/** `resources/list`, `resources/templates/list`, `resources/read` and `completion/complete`. */
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { readResource, resources, resourceTemplates } from '../../resources/resource-list.ts';
import { defineMethod, noCursor } from './method.ts';
import type { Methods } from './method.ts';
import type { Session } from './session.ts';

/** The protocol's own limit for one completion. */
const maxCompletions = 100;

export function toResourceMethods({ oatty }: Session): Methods {
  return {
    'resources/list': defineMethod(noCursor, async () => ({
      resources: resources.map(({ uri, name, title, description, mimeType }) => {
        return { uri, name, title, description, mimeType };
      }),
    })),
    'resources/templates/list': defineMethod(noCursor, async () => ({
      resourceTemplates: resourceTemplates.map(({ uriTemplate, name, title, description }) => {
        return { uriTemplate, name, title, description };
      }),
    })),
    'resources/read': defineMethod(z.object({ uri: z.string() }), async ({ uri }) => ({
      contents: (await readResource(uri, oatty)).map((text) => ({ uri, ...text })),
    })),
    'completion/complete': defineMethod(completionParams, async ({ ref, argument }) => {
      const template = resourceTemplates.find(({ uriTemplate }) => uriTemplate === ref.uri);
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
