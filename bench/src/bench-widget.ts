/** When the largest widget has painted first, against a page of one letter in the same browser. */
import { widgets } from '@oatty/ui';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromiumPath, openChromium } from '../../test/e2e/open-chromium.ts';
import { compare } from './compare.ts';
import type { Result } from './result.ts';

export async function benchWidget(): Promise<readonly Result[] | string> {
  if (chromiumPath === undefined) return 'no Chromium here; OATTY_TEST_CHROMIUM names one';
  const html = await widgets.find(({ uri }) => uri === 'ui://tasks/table')?.readHtml();
  const pages: Readonly<Record<string, string | undefined>> = {
    '/ours': html,
    '/floor': '<!doctype html><p>x',
  };
  const server = createServer(({ url = '' }, response) =>
    response.setHeader('content-type', 'text/html').end(pages[url] ?? ''),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    const paint = async (path: string): Promise<number> => {
      await page.goto(`http://127.0.0.1:${port}${path}`);
      return page.evaluate<number>(firstPaint);
    };
    return [
      await compare({
        name: 'first paint of the task table',
        target: 3,
        rounds: 20,
        warmUps: 3,
        ours: () => paint('/ours'),
        floor: () => paint('/floor'),
      }),
    ];
  } finally {
    await browser.close();
    server.close();
  }
}

// --- internal ---

/** Runs in the page: milliseconds from the start of the navigation to the first text on the screen. */
const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry !== undefined) resolve(entry.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;
