import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { widgets } from '../src/index.ts';

describe('widgets', () => {
  it('are at the addresses that tools name', () => {
    expect(widgets.map(({ uri }) => uri)).toEqual([
      'ui://tasks/table',
      'ui://tasks/card',
      'ui://tasks/status-update',
      'ui://tasks/report',
      'ui://integrations/confirmation',
      'ui://schedules/schedule',
    ]);
  });

  it.each(widgets)('$uri is small and refers to nothing outside', async ({ readHtml }) => {
    const html = await readHtml();
    expect(gzipSync(html).byteLength).toBeLessThan(150_000);
    const page = html.replace(/<script>[^]*<\/script>/, '');
    expect(page).not.toMatch(/\b(?:src|href|on\w+)=|url\(|@import/);
    expect(html.match(/<script/g)).toHaveLength(1);
  });
});
