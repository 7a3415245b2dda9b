/**
 * Checks what would be published: every package packs, its exports resolve, publint has nothing to say, and the binary
 * has with it what it needs.
 */
import { readdirSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { tryPackedBinary } from './packed-binary.ts';

let failed = false;
for (const directory of readdirSync('packages')) {
  const { messages, pkg } = await publint({ pkgDir: `packages/${directory}`, strict: true, pack: 'npm' });
  for (const message of messages) {
    failed = true;
    console.error(`${String(pkg['name'])}: ${formatMessage(message, pkg) ?? message.code}`);
  }
}
for (const problem of await tryPackedBinary()) {
  failed = true;
  console.error(`oatty: ${problem}`);
}
console.log(failed ? 'packages: problems above' : 'packages: ok');
process.exitCode = failed ? 1 : 0;
