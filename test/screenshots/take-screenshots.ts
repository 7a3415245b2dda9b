/** `pnpm ui:screenshots`: the pictures of widgets that the README shows, taken of the preview. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { servePreview } from '../../packages/ui/preview/serve-preview.ts';
import { openChromium } from '../e2e/open-chromium.ts';

const pictures = [
  { file: 'task-table.png', uri: 'ui://tasks/table', theme: 'light', width: 760 },
  { file: 'task-report.png', uri: 'ui://tasks/report', theme: 'dark', width: 760 },
];
const maxBytes = 100_000;

const folder = join(import.meta.dirname, '../../docs/images');
await mkdir(folder, { recursive: true });
const preview = await servePreview(0);
const browser = await openChromium();
try {
  // As high as any widget: browsers draw no frames that are out of sight.
  const page = await browser.newPage({ viewport: { width: 900, height: 2_000 } });
  page.setDefaultTimeout(120_000);
  for (const { file, uri, theme, width } of pictures) {
    await page.goto(`${preview.url}?theme=${theme}&width=${width}&uri=${uri}`);
    await page.waitForSelector('body[data-ready]', { state: 'attached' });
    const frame = page.locator('iframe');
    await frame.contentFrame().locator('.widget').waitFor();
    await page.waitForTimeout(1_000); // until the frame has its height
    const path = join(folder, file);
    await frame.screenshot({ path });
    const { size } = await stat(path);
    process.stdout.write(`${file}: ${Math.ceil(size / 1_000)} kB\n`);
    if (size > maxBytes) throw new Error(`${file} has ${size} bytes, more than ${maxBytes}.`);
  }
} finally {
  await browser.close();
  await preview.close();
}
