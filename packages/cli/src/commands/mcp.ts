import { OattyError } from '@oatty/types';
import { httpOptions } from '../arguments/http-options.ts';
import { textOption } from '../cli-command.ts';
import type { CliCommand, CliContext, ParsedInput } from '../cli-command.ts';
import { givenHttpOption, readHttpSettings } from '../input/http-settings.ts';
import { interruption } from '../interruption.ts';
import { openServerLog } from '../output/server-log.ts';
import type { ServerLog } from '../output/server-log.ts';
import { version } from '../version.ts';

export const command: CliCommand = {
  path: 'mcp',
  summary: 'Serve everything to AI clients over MCP.',
  options: {
    transport: { type: 'string', choices: ['stdio', 'http'], description: 'Default stdio.' },
    'tool-names': {
      type: 'string',
      choices: ['underscore', 'dotted'],
      description: 'How tools are listed; default underscore. Both are accepted.',
    },
    ...httpOptions,
  },
  notes: [
    'All options but the first two are for --transport http. Each can be a variable too: --public-url is OATTY_HTTP_PUBLIC_URL, lists have commas.',
  ],
  examples: [
    'oatty mcp',
    'oatty mcp --transport http --port 62889',
    'oatty mcp --transport http --host 0.0.0.0 --public-url https://oatty.example.com/mcp --auth-issuer https://login.example.com',
  ],
  async run(context, input) {
    const log = openServerLog(context.io);
    await (textOption(input, 'transport') === 'http'
      ? serveOverHttp(context, input, log)
      : serveOverStdio(context, input, log));
    await log.settled();
    return 0;
  },
};

// --- internal ---

async function serveOverStdio(context: CliContext, input: ParsedInput, log: ServerLog): Promise<void> {
  const misplaced = givenHttpOption(input);
  if (misplaced !== undefined) {
    throw new OattyError('ARGUMENT_INVALID', `--${misplaced} is for --transport http.`, {
      suggestedAction: `Add --transport http, or leave out --${misplaced}.`,
    });
  }
  const { serveStdio } = await import('@oatty/mcp');
  await serveStdio({ ...(await toServerOptions(context, input, log)), signal: context.signal });
}

async function serveOverHttp(context: CliContext, input: ParsedInput, log: ServerLog): Promise<void> {
  const settings = await readHttpSettings(context, input);
  const { serveHttp } = await import('@oatty/mcp');
  const server = await serveHttp({ ...(await toServerOptions(context, input, log)), ...settings });
  context.note(`Serving MCP on ${server.url} (Ctrl-C stops it)`);
  await interruption(context.signal);
  await server.close();
}

async function toServerOptions(context: CliContext, input: ParsedInput, { write: log }: ServerLog) {
  const oatty = await context.oatty();
  oatty.runs.takeOver();
  oatty.schedules.startDue();
  return {
    oatty,
    telemetry: await context.telemetry(),
    version,
    toolNames: textOption(input, 'tool-names') === 'dotted' ? 'dotted' : 'underscore',
    log,
  } as const;
}
