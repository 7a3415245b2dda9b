/** The widgets in a browser, in a host of MCP Apps, with a real server behind it. */
import { serveHttp } from '@oatty/mcp';
import type { HttpServer } from '@oatty/mcp';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Axe from 'axe-core';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HostApi } from '../../packages/ui/preview/page/host-api.ts';
import { servePreview } from '../../packages/ui/preview/serve-preview.ts';
import type { Preview } from '../../packages/ui/preview/serve-preview.ts';
import { chromiumPath, openChromium } from './open-chromium.ts';

let dir: string;
let oatty: Oatty;
let server: HttpServer;
let preview: Preview;
let browser: Browser;
let page: Page;
let widget: FrameLocator;
/** Addresses that something on the page asked for, and what the console of the page complained of. */
const requested: string[] = [];
const complaints: string[] = [];

// A browser on a busy machine takes its time.
describe.skipIf(chromiumPath === undefined)('widgets in Chromium', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'oatty-widgets-'));
    oatty = await createOatty({ env: { REGISTRY_CONFIG_PATH: join(dir, 'registry.json') }, cwd: dir });
    await oatty.catalogs.setEnabled('tasks', true);
    preview = await servePreview(0);
    const { origin } = new URL(preview.url);
    const options = { oatty, version: '1', log: () => undefined, allowedOrigins: [origin] };
    server = await serveHttp({ ...options, host: '127.0.0.1', port: 0 });
    browser = await openChromium();
    page = await browser.newPage({ viewport: wide, reducedMotion: 'reduce' });
    page.on('request', (request) => requested.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await page.goto(`${preview.url}host`);
    await page.waitForSelector('body[data-ready]', { state: 'attached' });
    widget = page.frameLocator('iframe');
    await host('connect', server.url);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await preview?.close();
    await server?.close();
    await oatty?.close();
    await rm(dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const { tasks } = await run<{ tasks: { task_id: string }[] }>('tasks list', {});
    for (const { task_id } of tasks) await run('tasks delete', { task_id });
  });

  describe('the task table', () => {
    it('completes a task by its button, keeps the focus, undoes and reopens', async () => {
      await create({ title: 'Buy milk' }, { title: 'Call Ines' });
      await host('callTool', 'list_tasks', { sort: 'title' });
      await button('Complete Buy milk').click();
      await button('Reopen Buy milk').waitFor();
      expect(await statusOf('Buy milk')).toBe('completed');
      expect(await row('Buy milk').textContent()).toContain('Done');
      expect(await row('Call Ines').textContent()).toContain('To do');
      expect(await focused()).toBe('Reopen Buy milk');
      await expect.poll(() => host('listAsked')).toMatchObject([{ what: 'model' }]);

      await button('Undo').click();
      await button('Complete Buy milk').click();
      await button('Reopen Buy milk').click();
      await button('Complete Buy milk').waitFor();
      expect(await statusOf('Buy milk')).toBe('pending');
    });

    it('names the next of a recurring task, and offers no undo that would leave it', async () => {
      await create({ title: 'Water plants', due: '2126-03-25', recurrence: 'FREQ=WEEKLY' });
      await host('callTool', 'list_tasks', {});
      await button('Complete Water plants').click();
      await widget.getByText('The next one is due 1 Apr 2126.').waitFor();
      expect(await button('Undo').count()).toBe(0);
    });

    it('narrows the list by search, drop-downs and days, and clears them', async () => {
      await create(
        { title: 'Buy milk', priority: 'high', due: '2126-03-25' },
        { title: 'Buy bread', priority: 'low', due: '2126-03-28' },
        { title: 'Call Ines', priority: 'high' },
      );
      await host('callTool', 'list_tasks', { sort: 'title' });
      await widget.getByRole('searchbox').fill('buy');
      await expect.poll(titles).toEqual(['Buy bread', 'Buy milk']);
      await widget.getByRole('combobox', { name: /^Priority/ }).selectOption('High');
      await expect.poll(titles).toEqual(['Buy milk']);
      await widget.getByLabel('Due from').fill('2126-03-26');
      await button('Clear filters').click();
      await expect.poll(titles).toEqual(['Buy bread', 'Buy milk', 'Call Ines']);
      expect(await widget.getByRole('searchbox').inputValue()).toBe('');
      await widget.getByRole('combobox', { name: /^Status/ }).selectOption('Done');
      await widget.getByText('No task matches').waitFor();
    });

    it('sorts by the heads of its columns with the keyboard', async () => {
      await create({ title: 'Apples' }, { title: 'Pears' });
      await host('callTool', 'list_tasks', { sort: 'title' });
      await widget.getByRole('button', { name: 'Task', exact: true }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(titles).toEqual(['Pears', 'Apples']);
      const head = widget.getByRole('columnheader', { name: 'Task' });
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      expect(await focused()).toBe('Task');
    });

    it('goes to the next page and back', async () => {
      await create(...['A', 'B', 'C'].map((title) => ({ title })));
      await host('callTool', 'list_tasks', { sort: 'title', limit: 2 });
      await button('Next').click();
      await expect.poll(titles).toEqual(['C']);
      await button('Previous').click();
      await expect.poll(titles).toEqual(['A', 'B', 'C']);
    });

    it('schedules the start of a task for a time of the user', async () => {
      await create({ title: 'Buy milk' });
      await host('callTool', 'list_tasks', {});
      await button('Schedule Buy milk').click();
      await widget.getByLabel('at (Europe/Berlin)').fill('2126-03-25T09:00');
      await button('Schedule').click();
      await widget.getByText('“Buy milk” will be started on 25 Mar 2126, 09:00.').waitFor();
      expect(await focused()).toBe('Schedule Buy milk');
      const { schedules } = await run<{ schedules: object[] }>('tasks schedules:list', {});
      expect(schedules).toMatchObject([
        { target: { id: 'tasks update_status' }, when: { value: '2126-03-25T08:00:00.000Z' } },
      ]);
    });

    it('exports every page as CSV without formulas', async () => {
      await create({ title: '=1+1' }, { title: 'a, "b"' }, { title: 'c' });
      await host('callTool', 'list_tasks', { sort: 'title', limit: 1 });
      await button('Export CSV').click();
      await widget.getByText('3 tasks saved as tasks.csv.').waitFor();
      const [file] = await host('listAsked');
      expect(file?.text).toContain(",'=1+1,");
      expect(file?.text).toContain(',"a, ""b""",');
      expect(file?.text.split('\r\n')).toHaveLength(5);
    });

    it('shows the tasks that were just created, and why others were not', async () => {
      await host('callTool', 'create_tasks', {
        tasks: [{ title: 'Buy milk' }, { title: 'X', due: '2126-02-30' }],
      });
      await expect.poll(titles).toEqual(['Buy milk']);
      expect(await widget.getByRole('alert').textContent()).toContain('1 of 2 tasks were not created.');
    });

    it('tells a failure with what to do, and keeps the list', async () => {
      const [{ task_id } = { task_id: '' }] = await create({ title: 'Gone' }, { title: 'Here' });
      await host('callTool', 'list_tasks', { sort: 'title' });
      await run('tasks delete', { task_id });
      await button('Complete Gone').click();
      await expect.poll(() => widget.getByRole('alert').textContent()).toContain('TASK_NOT_FOUND');
      expect(await titles()).toEqual(['Gone', 'Here']);
    });

    it('takes the words of a task for words', async () => {
      const title = `<img src=x onerror="parent.hacked=1"><script>hacked=1</script>`;
      await create({ title, description: title });
      await host('callTool', 'list_tasks', {});
      await expect.poll(titles).toEqual([title]);
      expect(await widget.locator('img, script:not(body > script)').count()).toBe(0);
    });

    it('has no buttons where the host calls no tools', async () => {
      await create({ title: 'Buy milk' });
      await host('callTool', 'list_tasks', {}, { offers: [] });
      await expect.poll(titles).toEqual(['Buy milk']);
      expect(await widget.getByRole('button').allTextContents()).toEqual(['Export CSV']);
      await button('Export CSV').click();
      expect(await widget.getByRole('textbox').inputValue()).toContain('Buy milk');
    });
  });

  describe('the other widgets', () => {
    it('start and complete the task that was created', async () => {
      await host('callTool', 'create_task', { title: 'Buy milk', due: '2126-03-25T23:30:00Z' });
      await widget.getByText('Task created').waitFor();
      await button('Start Buy milk').click();
      await widget.getByText('In progress', { exact: true }).waitFor();
      await button('Complete Buy milk').click();
      await button('Reopen Buy milk').waitFor();
      expect(await statusOf('Buy milk')).toBe('completed');
      expect(await widget.getByText('26 Mar 2126, 00:30').count()).toBe(1);
    });

    it('show moments by the clocks of the user, and days as they are', async () => {
      await create({ title: 'A', due: '2126-03-25' }, { title: 'B', due: '2126-03-25T23:30:00Z' });
      await host('callTool', 'list_tasks', { sort: 'title' }, { timeZone: 'America/New_York' });
      await expect.poll(() => row('A').textContent()).toContain('25 Mar 2126');
      expect(await row('B').textContent()).toContain('25 Mar 2126, 19:30');
    });

    it('undo the change of status that the model has made', async () => {
      const [{ task_id } = { task_id: '' }] = await create({ title: 'Buy milk' });
      await host('callTool', 'update_task_status', { task_id, status: 'completed' });
      await widget.getByText('To do → Done').waitFor();
      await button('Undo').click();
      await button('Start Buy milk').waitFor();
      expect(await statusOf('Buy milk')).toBe('pending');
    });

    it('show the figures of a report, another period, and a file of it', async () => {
      await create({ title: 'Buy milk' }, { title: 'Call Ines', priority: 'high' });
      await host('callTool', 'generate_report', {});
      await expect.poll(() => figure('Created')).toBe('2');
      expect(await figure('On time')).toBe('–');
      await button('Export CSV').click();
      await widget.getByText('Saved as report.csv.').waitFor();
      expect((await host('listAsked'))[0]?.text).toContain('kpis,created,tasks,2\r\n');
      await widget.getByLabel('To', { exact: true }).fill('2001-01-07');
      await widget.getByRole('alert').waitFor();
      await widget.getByLabel('From', { exact: true }).fill('2001-01-01');
    });

    it('show what was scheduled, and its next times by the clocks of the user', async () => {
      const planned = {
        run: 'tasks reports:generate',
        name: 'Weekly',
        rrule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9',
      };
      const zone = { start: '2126-03-20', time_zone: 'Europe/Berlin' };
      await host('callTool', 'schedule_workflow', { ...planned, ...zone }, { timeZone: 'America/New_York' });
      await widget.getByRole('heading', { name: 'Weekly' }).waitFor();
      expect(await widget.getByText('tasks reports:generate', { exact: true }).count()).toBe(1);
      const times = await widget.getByRole('listitem').allTextContents();
      expect(times.slice(0, 3)).toEqual(['25 Mar 2126, 04:00', '1 Apr 2126, 03:00', '8 Apr 2126, 03:00']);
    });

    it('open links of a result through the host', async () => {
      const uri = 'ui://integrations/confirmation';
      await host('open', uri);
      await host('showSample', uri, 'an issue');
      await widget.getByRole('button', { name: /OPS-41/ }).click();
      await expect
        .poll(() => host('listAsked'))
        .toEqual([{ what: 'link', text: 'https://jira.example.com/browse/OPS-41' }]);
    });
  });

  it('have no violation that axe finds, in any state, wide in light and narrow in dark', async () => {
    const found: unknown[] = [];
    for (const [index, { uri, states }] of (await host('listSamples')).entries()) {
      // What all of them have in common is looked at in the first one.
      const ownStates = states.filter(
        (state) => state !== '100 rows' && (index === 0 || !commonStates.includes(state)),
      );
      await host('open', uri);
      const frame = widgetFrame();
      await frame.evaluate(axeSource);
      for (const state of ownStates.toSorted(byWaitingFirst)) {
        await host('showSample', uri, state);
        for (const [theme, size] of [
          ['light', wide],
          ['dark', narrow],
        ] as const) {
          await page.setViewportSize(size);
          await host('setContext', { theme });
          const violations = await frame.evaluate(findViolations);
          if (violations.length > 0) found.push({ uri, state, theme, violations });
        }
      }
    }
    await page.setViewportSize(wide);
    expect(found).toEqual([]);
  });

  it('ask nobody but the host for anything', async () => {
    await host('open', 'ui://tasks/table');
    const outcome = await widgetFrame().evaluate(() =>
      fetch('https://example.com').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    expect(outcome).toBe('refused');
    const own = [new URL(preview.url).origin, new URL(server.url).origin];
    expect(
      requested.filter((url) => !own.includes(new URL(url).origin) && !url.startsWith('about:')),
    ).toEqual([]);
    expect(complaints.filter((text) => !text.includes('https://example.com'))).toEqual([]);
  });
});

// --- internal ---

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Asks the page that plays the host. */
function host<Name extends keyof HostApi>(
  name: Name,
  ...given: Parameters<HostApi[Name]>
): Promise<Awaited<ReturnType<HostApi[Name]>>> {
  return page.evaluate(
    ([method, values]) => {
      const { host } = globalThis as unknown as { host: Record<string, (...values: unknown[]) => unknown> }; // host.ts puts it there
      return host[method]?.(...values);
    },
    [name, given] as const,
  ) as Promise<Awaited<ReturnType<HostApi[Name]>>>;
}

async function run<Body>(command: string, values: Readonly<Record<string, unknown>>): Promise<Body> {
  const { body } = await oatty.commands.run(command, { with: values, confirmed: true });
  return body as Body; // what the command of that name gives
}

async function create(...tasks: readonly object[]): Promise<readonly { readonly task_id: string }[]> {
  const { results } = await run<{ results: { task: { task_id: string } }[] }>('tasks bulk:create', { tasks });
  return results.map(({ task }) => task);
}

async function statusOf(title: string): Promise<string | undefined> {
  const { tasks } = await run<{ tasks: { status: string }[] }>('tasks list', { text: title });
  return tasks[0]?.status;
}

function button(name: string) {
  return widget.getByRole('button', { name, exact: true });
}

function row(title: string) {
  return widget.getByRole('row').filter({ has: widget.getByText(title, { exact: true }) });
}

function titles(): Promise<string[]> {
  return widget.locator('tbody .title').allTextContents();
}

function figure(name: string): Promise<string | null> {
  return widget.locator('.figure', { hasText: name }).locator('dd').textContent();
}

function focused(): Promise<string | null> {
  return widgetFrame().evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { activeElement: { ariaLabel: string | null; textContent: string } };
    }; // in the page
    return document.activeElement.ariaLabel ?? document.activeElement.textContent;
  });
}

function widgetFrame(): Frame {
  const frame = page.frames().at(-1);
  if (frame === undefined) throw new Error('There is no frame.');
  return frame;
}

const wide = { width: 800, height: 1_000 };
/** 320 px for the widget. */
const narrow = { width: 368, height: 1_000 };

const commonStates: readonly string[] = ['loading', 'cancelled', 'failed'];

/** A widget that has shown something never waits again. */
function byWaitingFirst(first: string, second: string): number {
  return Number(second === 'loading') - Number(first === 'loading');
}

/** Runs in the frame. */
async function findViolations(): Promise<{ id: string; target: string }[]> {
  const { axe } = globalThis as unknown as { axe: typeof Axe }; // as `axeSource` has put it there
  const { violations } = await axe.run({ resultTypes: ['violations'], preload: false });
  return violations.map(({ id, nodes }) => ({
    id,
    target: nodes.map(({ html }) => html.slice(0, 120)).join(' '),
  }));
}
