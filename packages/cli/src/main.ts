#!/usr/bin/env node
/** The process: arguments in, exit code out. Kept tiny, so that `--version` costs no more than Node itself. */
import { writeSync } from 'node:fs';
import * as module from 'node:module';
import { isSupportedNode, oldestNode } from './node-version.ts';
import { version } from './version.ts';

const args = process.argv.slice(2);
if (!isSupportedNode(process.versions.node)) {
  writeSync(2, `error: oatty needs Node ${oldestNode} or later; this is Node ${process.versions.node}.\n`);
  process.exitCode = 1;
} else if (args.length === 1 && args[0] === '--version') {
  writeSync(1, `${version}\n`);
} else {
  module.enableCompileCache();
  if (args[0] === '__complete') {
    void import('./completion/print-completions.ts').then(({ printCompletions }) =>
      printCompletions(args.slice(1)),
    );
  } else void import('./run-process.ts').then(({ runProcess }) => runProcess(args));
}
