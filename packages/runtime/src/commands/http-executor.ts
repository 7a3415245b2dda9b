/** Carries out HTTP commands with the settings of their catalog. */
import type { CommandExecutor } from '@oatty/engine';
import type { HttpCall, RequestPreview } from '@oatty/api';
import { OattyError } from '@oatty/types';
import type { CommandArguments } from '@oatty/types';
import { resolveReference } from '../secrets/secret-source.ts';
import type { World } from '../world.ts';

export function createHttpExecutor(world: World): CommandExecutor {
  // Kept, because `import()` resolves its module anew each time: a tenth of a millisecond for every call.
  let loading: Promise<typeof import('@oatty/api')> | undefined;
  let tokenCache: HttpCall['tokenCache'];
  return {
    async execute(call) {
      loading ??= import('@oatty/api');
      const { createTokenCache, executeHttpCommand } = await loading;
      tokenCache ??= createTokenCache();
      const { signal, secrets, timeoutMs, maxPages, idempotencyKey } = call;
      return executeHttpCommand({
        ...describeCall(world, call.found.command.id, call.arguments),
        signal,
        secrets,
        tokenCache,
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

function describeCall({ commandIndex }: World, commandId: string, given: CommandArguments) {
  const found = commandIndex.find(commandId);
  if (found === undefined) throw new OattyError('COMMAND_NOT_FOUND', `There is no command "${commandId}".`);
  return {
    command: found.command,
    entry: found.entry,
    securitySchemes: found.securitySchemes,
    schemas: found.schemas,
    arguments: given,
    extraHeaders: { 'user-agent': userAgent },
  };
}
