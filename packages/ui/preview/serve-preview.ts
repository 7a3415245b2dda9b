/** Serves the page of the preview, two pages that play hosts for tests, and the widgets as they were built. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'rolldown';
import { widgets } from '../src/index.ts';

export interface Preview {
  readonly url: string;
  close(): Promise<void>;
}

/** @param port - 0 takes a free one */
export async function servePreview(port: number): Promise<Preview> {
  const files: Readonly<Record<string, { readonly type: string; readonly read: () => Promise<string> }>> = {
    '/': { type: 'text/html', read: () => Promise.resolve(toPage('main.js')) },
    '/main.js': { type: 'text/javascript', read: () => bundlePage('main.ts') },
    '/host': { type: 'text/html', read: () => Promise.resolve(toPage('host.js')) },
    '/host.js': { type: 'text/javascript', read: () => bundlePage('host.ts') },
    '/chatgpt': { type: 'text/html', read: () => Promise.resolve(toPage('chatgpt.js')) },
    '/chatgpt.js': { type: 'text/javascript', read: () => bundlePage('chatgpt.ts') },
    '/widgets.json': { type: 'application/json', read: readWidgets },
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = Object.hasOwn(files, path) ? files[path] : undefined;
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    file.read().then(
      (text) => response.setHeader('content-type', `${file.type}; charset=utf-8`).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

// --- internal ---

function toPage(script: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Widgets of oatty</title>
<link rel="icon" href="data:,">
<style>
html { color-scheme: light; font: 14px/1.5 system-ui, sans-serif; background: #ecebe8; color: #333; }
html[data-theme=dark] { color-scheme: dark; background: #111; color: #ccc; }
body { margin: 24px; }
section { display: inline-block; vertical-align: top; margin: 0 24px 24px 0; }
h2 { display: inline-block; margin: 0 12px 8px 0; font-size: 14px; }
iframe { display: block; width: 100%; height: 132px; border: 0; border-radius: 12px; box-shadow: 0 1px 4px #0003; }
a { color: inherit; }
</style>
<body>
<script type="module" src="/${script}"></script>
</html>
`;
}

async function readWidgets(): Promise<string> {
  const pages = await Promise.all(widgets.map(async ({ uri, readHtml }) => [uri, await readHtml()]));
  return JSON.stringify(Object.fromEntries(pages));
}

/** A script of `preview/page/` with all that it needs. */
async function bundlePage(name: string): Promise<string> {
  const { output } = await build({
    input: join(import.meta.dirname, 'page', name),
    write: false,
    platform: 'browser',
    output: { format: 'esm', codeSplitting: false },
  });
  return output[0].code;
}
