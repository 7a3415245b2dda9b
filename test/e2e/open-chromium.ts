/** The Chromium of this machine, without a window. */
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Undefined where there is none: what needs it is skipped. */
export const chromiumPath: string | undefined = [
  process.env['OATTY_TEST_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && existsSync(path));

export async function openChromium(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  // Root has no sandbox of processes; the pages that are opened are our own.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ ...(chromiumPath !== undefined && { executablePath: chromiumPath }), args });
}
