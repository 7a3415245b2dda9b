/**
 * Bundles the programs that tests start and kill, so that a start does not open some hundred files: it takes less than half
 * of the time.
 */
import { build } from 'rolldown';

await build({
  input: {
    'crash-link': 'crash/children/crash-link.ts',
    'start-due': 'e2e/children/start-due.ts',
    'start-run': 'e2e/children/start-run.ts',
    'stdio-server': 'e2e/children/stdio-server.ts',
  },
  platform: 'node',
  external: [/^node:/, '@napi-rs/keyring'],
  // What is required is resolved as `require` does it: parts of pg are another thing when they are imported.
  resolve: { conditionNames: ['@oatty/source', 'node'] },
  // CommonJS that is bundled goes by the name of its file.
  output: { dir: 'dist', format: 'esm', cleanDir: true, banner: 'const __filename = import.meta.filename;' },
});
