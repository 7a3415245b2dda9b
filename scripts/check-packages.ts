/** Checks what would be published: every package packs, its exports resolve, and publint has nothing to say. */
import { readdirSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

let failed = false;
for (const directory of readdirSync('packages')) {
  const { messages, pkg } = await publint({ pkgDir: `packages/${directory}`, strict: true, pack: 'npm' });
  for (const message of messages) {
    failed = true;
    console.error(`${String(pkg['name'])}: ${formatMessage(message, pkg) ?? message.code}`);
  }
}
console.log(failed ? 'packages: problems above' : 'packages: ok');
process.exitCode = failed ? 1 : 0;
