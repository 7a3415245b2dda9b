/**
 * Bundles the binary: a small entry, and a chunk for each thing that is loaded only when it is used.
 *
 *   B1. Everything is bundled, since start-up time is mostly the number of files that Node opens; only what is native
 *       stays outside.
 *   B2. The output is CommonJS. A `require` of one of Node's own modules gives the module as it is, while an `import`
 *       reads all of its exports first, the lazy ones too: `import 'node:http'` loads the whole of `fetch` (20 ms).
 *   B3. `const { a } = await import('@oatty/x')` brings `a` and what it needs, and not the whole package.
 *   B4. The licences of what is bundled go with it.
 *   B5. The widgets and the descriptions of integrations stand beside the chunks, where `@oatty/ui` and `@oatty/tasks`
 *       look for them.
 */
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import type { Plugin } from 'rolldown';
import { collectLicenses } from '../../scripts/collect-licenses.ts';

const outdir = 'dist';

const { output } = await build({
  input: { main: 'src/main.ts' },
  write: false,
  platform: 'node',
  external: [/^node:/, '@napi-rs/keyring'],
  // What is required is resolved as `require` does it: parts of pg are another thing when they are imported.
  resolve: { conditionNames: ['@oatty/source', 'node'] },
  checks: { eval: false }, // depd, which koa brings, writes functions that are deprecated; we call none
  transform: { target: 'node22.19' },
  plugins: [narrowImports()],
  output: {
    dir: outdir,
    format: 'cjs',
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: {
      groups: [
        { name: 'version', test: /cli\/src\/(?:node-)?version\.ts$/, priority: 1 },
        { name: 'cli', test: /cli\/src\/(?!main|commands\/|auth-server\/)/ },
      ],
    },
    dynamicImportInCjs: false,
    // Names stay, so that the stack of an unexpected error can be read; the authorization server goes by those of classes.
    minify: {
      compress: { keepNames: { function: false, class: true } },
      mangle: false,
      codegen: { removeWhitespace: true },
    },
    comments: false,
  },
});
const chunks = output.filter((file) => file.type === 'chunk');
await rm(outdir, { recursive: true, force: true });
await mkdir(join(outdir, 'chunks'), { recursive: true });
for (const { fileName, code } of chunks) await writeFile(join(outdir, fileName), code);
await writeFile(join(outdir, 'package.json'), '{ "type": "commonjs" }\n');
await writeFile(
  join(outdir, 'LICENSES.txt'),
  collectLicenses(chunks.flatMap(({ modules }) => Object.keys(modules))),
);
// B5
await cp(new URL('../html', import.meta.resolve('@oatty/ui')), join(outdir, 'html'), { recursive: true });
const descriptions = new URL('../descriptions', import.meta.resolve('@oatty/tasks'));
await cp(descriptions, join(outdir, 'descriptions'), { recursive: true });
await chmod(join(outdir, 'main.js'), 0o755);

// --- internal ---

/** B3: each set of names that is imported somewhere becomes a module of its own. */
function narrowImports(): Plugin {
  const prefix = '\0names:';
  return {
    name: 'narrow-imports',
    transform: {
      filter: { id: /packages\/[a-z-]+\/src\/.*\.ts$/ },
      handler(code) {
        return code
          .replaceAll(
            /const \{ ([^}]+) \} = await import\('(@oatty\/[a-z-]+)'\)/g,
            (_, names: string, from: string) =>
              `const { ${names} } = await import('${prefix}${names}|${from}')`,
          )
          .replaceAll(
            /\(await import\('(@oatty\/[a-z-]+)'\)\)\.(\w+)/g,
            (_, from: string, name: string) => `(await import('${prefix}${name}|${from}')).${name}`,
          );
      },
    },
    async resolveId(source, importer) {
      if (source.startsWith(prefix)) return `${source}|${importer ?? ''}`;
      const from = importer?.startsWith(prefix) === true ? importer.split('|')[2] : undefined;
      return from === undefined ? null : this.resolve(source, from, { skipSelf: true });
    },
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const [names = '', from = ''] = id.slice(prefix.length).split('|');
      return { code: `export { ${names} } from '${from}';`, moduleSideEffects: false };
    },
  };
}
