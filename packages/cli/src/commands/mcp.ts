import { OattyError } from '@oatty/types';
import { textOption } from '../cli-command.ts';
import type { CliCommand, CliContext, ParsedInput } from '../cli-command.ts';
import { version } from '../version.ts';

export const command: CliCommand = {
  path: 'mcp',
  summary: 'Serve everything to AI clients over MCP.',
  options: {
    transport: { type: 'string', choices: ['stdio', 'http'], description: 'Default stdio.' },
    host: {
      type: 'string',
      value: 'ADDRESS',
      description: 'Address to listen on (http); default 127.0.0.1.',
    },
    port: {
      type: 'string',
      value: 'N',
      description: 'Port to listen on (http); default 62889, 0 for a free one.',
    },
    'tool-names': {
      type: 'string',
      choices: ['underscore', 'dotted'],
      description: 'How tools are listed; default underscore. Both are accepted.',
    },
  },
  examples: ['oatty mcp', 'oatty mcp --transport http --port 62889'],
  async run(context, input) {
    const http = textOption(input, 'transport') === 'http';
    if (http) await serveOverHttp(context, input);
    else await serveOverStdio(context, input);
    return undefined;
  },
};

// --- internal ---

async function serveOverStdio(context: CliContext, input: ParsedInput): Promise<void> {
  for (const name of ['host', 'port']) {
    if (input.options[name] === undefined) continue;
    throw new OattyError('ARGUMENT_INVALID', `--${name} is for --transport http.`, {
      suggestedAction: `Add --transport http, or leave out --${name}.`,
    });
  }
  const { serveStdio } = await import('@oatty/mcp');
  await serveStdio({ ...(await serverOptions(context, input)), signal: context.signal });
}

async function serveOverHttp(context: CliContext, input: ParsedInput): Promise<void> {
  const { serveHttp } = await import('@oatty/mcp');
  const server = await serveHttp({
    ...(await serverOptions(context, input)),
    host: textOption(input, 'host') ?? '127.0.0.1',
    port: parsePort(textOption(input, 'port') ?? '62889'),
  });
  context.note(`Serving MCP on ${server.url} (Ctrl-C stops it)`);
  await new Promise<void>((resolve) => {
    if (context.signal.aborted) resolve();
    context.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.close();
}

async function serverOptions(context: CliContext, input: ParsedInput) {
  return {
    oatty: await context.oatty(),
    version,
    toolNames: textOption(input, 'tool-names') === 'dotted' ? ('dotted' as const) : ('underscore' as const),
    log: (line: string) => context.io.stderr.write(`${line}\n`),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new OattyError('ARGUMENT_INVALID', `--port takes a number from 0 to 65535, not "${text}".`);
}
