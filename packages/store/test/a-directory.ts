import { onTestFinished } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty directory that is removed after the test. */
export function aDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'oatty-store-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
