/** `prompts/list` and `prompts/get`. What is wrong with a request is `invalid params`. */
import type { Oatty } from '@oatty/runtime';
import * as z from 'zod';
import { toInvalidParams } from '../errors/to-mcp.ts';
import type { PromptContext } from '../prompts/prompt.ts';
import type { McpSurface } from '../surface.ts';
import { toListedName } from '../tools/tool-name.ts';
import type { ToolNameStyle } from '../tools/tool-name.ts';
import { defineMethod, noCursor } from './method.ts';
import type { Call, Methods } from './method.ts';

export interface PromptOptions<RequestCall extends Call> {
  readonly oatty: Oatty;
  readonly surface: McpSurface;
  readonly toolNames: ToolNameStyle;
  /** Gives what `read` gives, or what it asks the client for. */
  readonly answer: (
    request: unknown,
    call: RequestCall,
    read: (client: PromptContext['client']) => Promise<object>,
  ) => Promise<object>;
}

export function toPromptMethods<RequestCall extends Call>({
  oatty,
  surface,
  toolNames,
  answer,
}: PromptOptions<RequestCall>): Methods<RequestCall> {
  const { prompts } = surface;
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
      async ({ name, arguments: values = {} }, call: RequestCall) => {
        const { description } = prompts.require(name);
        return answer({ name, values }, call, async (client) => ({
          description,
          messages: await prompts.read(name, values, { oatty, tool, client }),
        }));
      },
      toInvalidParams,
    ),
  };
}

// --- internal ---

const getParams = z.object({ name: z.string(), arguments: z.record(z.string(), z.string()).optional() });
