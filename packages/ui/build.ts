/**
 * Builds the widgets: of each folder of `app/` that has a `main.tsx` one HTML file in `html/`.
 *
 *   B1. Script and styles stand in the page: hosts show it in a frame that may load nothing.
 *   B2. The licences of what is in the pages stand beside them.
 *   B3. A page never has a `</script` or `<!--` of its own code in the script.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import type { OutputChunk } from 'rolldown';
import { collectLicenses } from '../../scripts/collect-licenses.ts';

const app = join(import.meta.dirname, 'app');
const outdir = join(import.meta.dirname, 'html');

const styles = readdirSync(join(app, 'styles'))
  .sort()
  .map((file) => readFileSync(join(app, 'styles', file), 'utf8'))
  .join('')
  .replaceAll(/\/\*.*?\*\//gs, '')
  .replaceAll(/\s+/g, ' ');

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir);
const names = readdirSync(app).filter((name) => existsSync(join(app, name, 'main.tsx')));
const chunks = await Promise.all(
  names.map(async (name) => {
    const chunk = await bundle(join(app, name, 'main.tsx'));
    await writeFile(join(outdir, `${name}.html`), toPage(chunk.code));
    return chunk;
  }),
);
const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
await writeFile(join(outdir, 'LICENSES.txt'), collectLicenses(modules)); // B2

// --- internal ---

async function bundle(input: string): Promise<OutputChunk> {
  const { output } = await build({
    input,
    write: false,
    platform: 'browser',
    transform: { target: 'es2022' },
    output: { format: 'iife', minify: true, comments: false, codeSplitting: false },
  });
  return output[0];
}

function toPage(script: string): string {
  const safe = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--'); // B3
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>oatty</title>
<style>${styles}</style>
</head>
<body>
<main id="widget"></main>
<script>${safe}</script>
</body>
</html>
`;
}
