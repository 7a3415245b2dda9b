#!/usr/bin/env node
/** The process: arguments in, exit code out. Kept tiny, so that `--version` costs no more than Node itself. */
import { enableCompileCache } from 'node:module';
import { version } from './version.ts';

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
  process.stdout.write(`${version}\n`);
} else {
  enableCompileCache();
  const { runProcess } = await import('./run-process.ts');
  await runProcess(args);
}
