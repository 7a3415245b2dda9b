// One import, or one `JSON.parse`, in a process of its own: `node import-once.mjs import|parse <description>`.
// Plain JavaScript on the built packages, so that neither loading TypeScript nor anything else is in the figures.
// Prints {"ms", "peakMb"}; `ms` is without the start of the process.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const [, , work, source] = process.argv;
const ms = work === 'import' ? await timeImport() : await timeParse();
console.log(JSON.stringify({ ms, peakMb: Math.round(process.resourceUsage().maxRSS / 1_024) }));

async function timeImport() {
  const { createOatty } = await import('@oatty/runtime');
  const oatty = await createOatty();
  // A small one first: modules that are loaded when they are needed are loaded then.
  const small = fileURLToPath(import.meta.resolve('@oatty/example-shop-api/openapi.yaml'));
  await oatty.catalogs.importOpenapi({ source: small, vendor: 'shop' });
  const start = performance.now();
  await oatty.catalogs.importOpenapi({ source, vendor: 'github' });
  const ms = performance.now() - start;
  await oatty.close();
  return ms;
}

async function timeParse() {
  const start = performance.now();
  JSON.parse(await readFile(source, 'utf8'));
  return performance.now() - start;
}
