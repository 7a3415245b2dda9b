/** Adds to a number in a file, each time under the lock: `count-under-lock.ts LOCK FILE TIMES`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withFileLock } from '../../src/files/file-lock.ts';

const [lock = '', file = '', times = '0'] = process.argv.slice(2);

for (let done = 0; done < Number(times); done += 1) {
  await withFileLock(lock, async () => {
    const before = Number(readFileSync(file, 'utf8'));
    await new Promise(setImmediate);
    writeFileSync(file, String(before + 1));
  });
}
