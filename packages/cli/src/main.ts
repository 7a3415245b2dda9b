#!/usr/bin/env node
/** The process: arguments in, exit code out. Kept tiny, so that `--version` costs no more than Node itself. */
import { writeSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { version } from './version.ts';

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') {
  writeSync(1, `${version}\n`);
} else {
  enableCompileCache();
  void import('./run-process.ts').then(({ runProcess }) => runProcess(args));
}
