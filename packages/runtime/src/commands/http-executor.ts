/** Carries out HTTP commands with the settings of their catalog. */
import type { CommandExecutor } from '@oatty/engine';
import type { RequestPreview } from '@oatty/api';
import type { CommandArguments } from '@oatty/types';
import { once } from '../once.ts';
import { resolveReference } from '../secrets/secret-source.ts';
import type { World } from '../world.ts';
import { requireCommand } from './require-command.ts';

export function createHttpExecutor(world: World): CommandExecutor {
  // Once, because `import()` resolves its module anew each time: a tenth of a millisecond for every call.
  const load = once(async () => {
    const { createTokenCache, executeHttpCommand } = await import('@oatty/api');
    return { executeHttpCommand, tokenCache: createTokenCache() };
  });
  return {
    async execute(call) {
      const { executeHttpCommand, tokenCache } = await load();
      const { signal, secrets, timeoutMs, maxPages, idempotencyKey } = call;
      return executeHttpCommand({
        ...describeCall(world, call.found.command.id, call.arguments),
        signal,
        secrets,
        tokenCache,
        ...(world.options.limits?.http && { limits: world.options.limits.http }),
        ...(idempotencyKey !== undefined && { idempotencyKey }),
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(maxPages !== undefined && { paginate: { maxPages } }),
        resolveReference: (reference) => resolveReference(world, reference),
        // What a model names must not leave this machine; a person, a program or a saved setting may name files.
        ...(call.caller.via !== 'mcp' && {
          readFile: (path: string, maxBytes: number) => world.files.read(path, maxBytes),
        }),
        saveFile: (file) => world.files.save(file),
      });
    },
  };
}

export async function previewHttpCommand(
  world: World,
  commandId: string,
  given: CommandArguments,
): Promise<RequestPreview> {
  const { previewRequest } = await import('@oatty/api');
  return previewRequest(describeCall(world, commandId, given));
}

// --- internal ---

const userAgent = 'oatty';

function describeCall(world: World, commandId: string, given: CommandArguments) {
  const { command, entry, securitySchemes, schemas } = requireCommand(world, commandId);
  const extraHeaders = { 'user-agent': userAgent };
  return { command, entry, securitySchemes, schemas, arguments: given, extraHeaders };
}
