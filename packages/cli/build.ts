/**
 * Bundles the binary: one small entry, and a chunk for each thing that is loaded only when it is used.
 *
 * Everything is bundled, since start-up time is mostly the number of files that Node opens; what is native stays outside.
 */
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

const outdir = 'dist';
await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts'],
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  conditions: ['@oatty/source'],
  chunkNames: 'chunks/[name]-[hash]',
  external: ['@napi-rs/keyring'],
  legalComments: 'linked',
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: false,
  logLevel: 'warning',
  // Some dependencies are CommonJS: they call require() for Node's own modules, and one reads its own path.
  define: { __filename: 'import.meta.filename' },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
