/** `completion/complete`, for the variables of resource templates and the arguments of prompts. */
import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import type { Completion } from '../resources/resource.ts';
import type { McpSurface } from '../surface.ts';
import { defineMethod } from './method.ts';
import type { Methods } from './method.ts';

/** The protocol's own limit for one completion. */
const maxCompletions = 100;

export function toCompletionMethods(oatty: Oatty, surface: McpSurface): Methods {
  return {
    'completion/complete': defineMethod(completionParams, async ({ ref, argument }) => {
      const values = await findCompletion(ref, argument.name, surface)(argument.value, oatty);
      const first = values.slice(0, maxCompletions);
      return { completion: { values: first, total: values.length, hasMore: values.length > first.length } };
    }),
  };
}

// --- internal ---

const completionParams = z.object({
  ref: z.discriminatedUnion('type', [
    z.object({ type: z.literal('ref/resource'), uri: z.string() }),
    z.object({ type: z.literal('ref/prompt'), name: z.string() }),
  ]),
  argument: z.object({ name: z.string(), value: z.string() }),
});

type Reference = z.infer<typeof completionParams>['ref'];

/** What is known and has no completion has no values to offer. */
function findCompletion(ref: Reference, name: string, { prompts, resources }: McpSurface): Completion {
  if (ref.type === 'ref/prompt') {
    const argument = prompts.require(ref.name).arguments.find((one) => one.name === name);
    if (!argument) throw cannotComplete(ref.name, name);
    return argument.complete ?? (async () => []);
  }
  const template = resources.templates.find(({ uriTemplate }) => uriTemplate === ref.uri);
  if (!template || !isVariable(template.uriTemplate, name)) throw cannotComplete(ref.uri, name);
  return template.complete[name] ?? (async () => []);
}

/** `oatty://command/catalog{?vendor,cursor}` has two. */
function isVariable(uriTemplate: string, name: string): boolean {
  const [, expression = ''] = uriTemplate.split(/[{}]/);
  return expression.replace('?', '').split(',').includes(name);
}

function cannotComplete(of: string, name: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', `Nothing completes "${name}" of "${of}".`, {
    suggestedAction: 'List the resource templates and the prompts to see their arguments.',
    context: { of, argument: name },
  });
}
