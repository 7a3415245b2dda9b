import { OattyError } from '@oatty/types';
import { parsePort } from '../arguments/option-values.ts';
import { textOption } from '../cli-command.ts';
import type { CliCommand, CliContext, ParsedInput } from '../cli-command.ts';
import { version } from '../version.ts';

const defaultHost = '127.0.0.1';
const defaultPort = 62_889;

export const command: CliCommand = {
  path: 'mcp',
  summary: 'Serve everything to AI clients over MCP.',
  options: {
    transport: { type: 'string', choices: ['stdio', 'http'], description: 'Default stdio.' },
    host: {
      type: 'string',
      value: 'ADDRESS',
      description: `Loopback address to listen on, with --transport http; default ${defaultHost}.`,
    },
    port: {
      type: 'string',
      value: 'N',
      description: `Port to listen on, with --transport http; default ${defaultPort}, 0 for a free one.`,
    },
    'tool-names': {
      type: 'string',
      choices: ['underscore', 'dotted'],
      description: 'How tools are listed; default underscore. Both are accepted.',
    },
  },
  examples: ['oatty mcp', 'oatty mcp --transport http --port 62889'],
  async run(context, input) {
    await (textOption(input, 'transport') === 'http'
      ? serveOverHttp(context, input)
      : serveOverStdio(context, input));
    return 0;
  },
};

// --- internal ---

async function serveOverStdio(context: CliContext, input: ParsedInput): Promise<void> {
  const misplaced = ['host', 'port'].find((name) => input.options[name] !== undefined);
  if (misplaced !== undefined) {
    throw new OattyError('ARGUMENT_INVALID', `--${misplaced} is for --transport http.`, {
      suggestedAction: `Add --transport http, or leave out --${misplaced}.`,
    });
  }
  const { serveStdio } = await import('@oatty/mcp');
  await serveStdio({ ...(await toServerOptions(context, input)), signal: context.signal });
}

async function serveOverHttp(context: CliContext, input: ParsedInput): Promise<void> {
  const host = textOption(input, 'host') ?? defaultHost;
  const port = parsePort('port', textOption(input, 'port') ?? `${defaultPort}`);
  const { serveHttp } = await import('@oatty/mcp');
  const server = await serveHttp({ ...(await toServerOptions(context, input)), host, port });
  context.note(`Serving MCP on ${server.url} (Ctrl-C stops it)`);
  await interruption(context.signal);
  await server.close();
}

async function toServerOptions(context: CliContext, input: ParsedInput) {
  return {
    oatty: await context.oatty(),
    version,
    toolNames: textOption(input, 'tool-names') === 'dotted' ? 'dotted' : 'underscore',
    log: (line: string) => context.io.stderr.write(`${line}\n`),
  } as const;
}

async function interruption(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
