/** `prompts/list` and `prompts/get`. What is wrong with a request is `invalid params`. */
import type { Oatty } from '@oatty/runtime';
import * as z from 'zod';
import { toInvalidParams } from '../errors/to-mcp.ts';
import type { McpSurface } from '../surface.ts';
import { toListedName } from '../tools/tool-name.ts';
import type { ToolNameStyle } from '../tools/tool-name.ts';
import { defineMethod, noCursor } from './method.ts';
import type { Methods } from './method.ts';

export function toPromptMethods(oatty: Oatty, { prompts }: McpSurface, toolNames: ToolNameStyle): Methods {
  const tool = (name: string) => toListedName(name, toolNames);
  return {
    'prompts/list': defineMethod(noCursor, async () => ({
      prompts: prompts.list.map(({ name, title, description, arguments: taken }) => ({
        name,
        title,
        description,
        arguments: taken.map((argument) => ({
          name: argument.name,
          description: argument.description,
          required: argument.required,
        })),
      })),
    })),
    'prompts/get': defineMethod(
      getParams,
      async ({ name, arguments: values }) => {
        const { description } = prompts.require(name);
        return { description, messages: await prompts.read(name, values ?? {}, { oatty, tool }) };
      },
      toInvalidParams,
    ),
  };
}

// --- internal ---

const getParams = z.object({ name: z.string(), arguments: z.record(z.string(), z.string()).optional() });
