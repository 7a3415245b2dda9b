/**
 * The widgets in every state that a person may meet: after actions, with dialogs open, narrow, with odd texts, and in
 * hosts that refuse or say nothing. One browser and one page for all of them.
 */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
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
import * as z from 'zod';
import { startJira } from '../../packages/runtime/test/a-service.ts';
import type { ChatgptApi } from '../../packages/ui/preview/page/chatgpt-api.ts';
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

// A browser on a busy machine takes its time.
describe.skipIf(chromiumPath === undefined)('widgets in Chromium', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'oatty-states-'));
    const env = { REGISTRY_CONFIG_PATH: join(dir, 'registry.json'), OATTY_SECRETS_BACKEND: 'env' };
    oatty = await createOatty({ env, cwd: dir });
    await oatty.catalogs.setEnabled('tasks', true);
    preview = await servePreview(0);
    const { origin } = new URL(preview.url);
    const options = { oatty, version: '1', log: () => undefined, allowedOrigins: [origin] };
    server = await serveHttp({ ...options, host: '127.0.0.1', port: 0 });
    browser = await openChromium();
    page = await browser.newPage({ viewport: wide, reducedMotion: 'reduce' });
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
    await page.setViewportSize(wide);
    const { tasks } = await run<{ tasks: { task_id: string }[] }>('tasks list', {});
    for (const { task_id } of tasks) await run('tasks delete', { task_id });
  });

  describe('a result of trigger_integration', () => {
    it('is shown as what was done, was done before, was refused, or may have been done', async () => {
      const jira = await startJira();
      await oatty.catalogs.importOpenapi({ source: 'oatty:jira', baseUrl: jira.url });
      await oatty.catalogs.setAuth('jira', 'basic', { username: 'ada@acme.example', password: 'token' });
      await run('tasks integrations:add', { name: 'jira', kind: 'jira', settings: { project: 'OPS' } });
      const [task_id] = await create({ title: 'Pay' });
      const given = { integration: 'jira', action: 'create_issue' };

      await host('callTool', 'trigger_integration', { ...given, task_id });
      await heading('Create issue').waitFor();
      expect(await widget.locator('.eyebrow').innerText()).toMatch(/^Done\s*jira$/);
      await widget.getByRole('button', { name: /^OPS-1/ }).click();
      const link = { what: 'link', text: `${jira.url}/browse/OPS-1` };
      await expect.poll(() => host('listAsked')).toEqual([link]);

      await host('callTool', 'trigger_integration', { ...given, task_id });
      await widget.getByText('Was done before').waitFor();

      jira.troubles = [{ status: 400, body: { errorMessages: ['No.'] } }];
      await host('callTool', 'trigger_integration', { ...given, data: { title: 'Pay' } });
      await expect.poll(() => widget.getByRole('alert').innerText()).toContain('HTTP_ERROR');

      jira.troubles = ['cut'];
      await host('callTool', 'trigger_integration', { ...given, data: { title: 'Pay' } });
      await expect.poll(() => widget.getByRole('alert').innerText()).toContain('OUTCOME_UNKNOWN');
      expect(await widget.getByRole('alert').innerText()).toContain('tasks integrations:settle');
    });
  });

  describe('a result of schedule_workflow', () => {
    it('is shown in words and by the clocks of the user, whatever says when', async () => {
      await oatty.workflows.save({
        content: { workflow: 'look', steps: [{ id: 'all', run: 'tasks list' }] },
      });
      const report = { run: 'tasks reports:generate', time_zone: 'Europe/Berlin' };
      const cases = [
        [{ ...report, at: '2126-03-25T09:00' }, ['tasks reports:generate', '25 Mar 2126, 09:00'], 1],
        [{ ...report, cron: '0 9 * * 1' }, ['tasks reports:generate', '0 9 * * 1 (Europe/Berlin)'], 5],
        [
          { run: 'workflow look', rrule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0' },
          ['look', 'Every week on Monday at 09:00'],
          5,
        ],
        [
          { run: 'workflow look', event: 'overdue', priority: ['high'] },
          ['look', 'Whenever a high priority task becomes overdue'],
          0,
        ],
      ] as const;
      for (const [given, facts, times] of cases) {
        await host('callTool', 'schedule_workflow', given);
        await expect.poll(() => widget.locator('dd').allInnerTexts()).toEqual(facts);
        expect(await widget.locator('time').count()).toBe(times);
      }
    });
  });

  describe('the keyboard', () => {
    it('reaches everything that can be done, and shows where it is', async () => {
      await create({ title: 'Buy milk' }, { title: 'Call Ines' });
      for (const [tool, input] of [
        ['list_tasks', { limit: 1 }],
        ['generate_report', {}],
        ['create_task', { title: 'Write' }],
      ] as const) {
        await host('callTool', tool, input);
        await widget.locator('.widget').waitFor();
        await page.locator('iframe').focus();
        await page.keyboard.press('Tab'); // from now on the focus is shown as it is to those who use the keyboard
        expect(await widgetFrame().evaluate(findHidden)).toEqual([]);
      }
      const names = [await focused()];
      await page.keyboard.press('Tab');
      expect([...names, await focused()]).toEqual(['Complete Write', 'Start Write']);
    });

    it('keeps its place when what it was on goes away', async () => {
      const [, gone] = await create({ title: 'Buy milk' }, { title: 'Call Ines' }, { title: 'Write' });
      await host('callTool', 'list_tasks', { sort: 'title', limit: 2 }, { offers: allButFiles });
      await press('Complete Buy milk');
      await button('Undo').waitFor();
      await press('Undo');
      await button('Complete Buy milk').waitFor();
      expect(await focused()).toBe('Undo');

      await run('tasks delete', { task_id: gone });
      await press('Complete Call Ines');
      await press('Dismiss');
      expect(await focused()).not.toBe(nothing);

      await press('Next');
      await expect.poll(titles).toEqual(['Write']);
      expect(await focused()).toBe('Next');

      await press('Export CSV');
      await press('Close');
      expect(await focused()).toBe('Export CSV');

      await widget.getByRole('searchbox').fill('yacht');
      await widget.getByText('No task matches').waitFor();
      await press('Clear filters');
      await expect.poll(titles).toHaveLength(2);
      expect(await focused()).not.toBe(nothing);

      await host('callTool', 'create_task', { title: 'Start me' });
      await press('Start Start me');
      await widget.getByText('In progress', { exact: true }).waitFor();
      expect(await focused()).toBe('Complete Start me');
      await host('callTool', 'create_task', { title: 'Another' });
      await button('Start Another').waitFor();
      expect(await focused()).not.toBe(nothing);
    });
  });

  describe('a host', () => {
    it('that refuses a call is quoted, and what was there stays', async () => {
      await create({ title: 'Buy milk' });
      await host('callTool', 'list_tasks', {}, { calls: 'refused' });
      await button('Complete Buy milk').click();
      await expect.poll(() => widget.getByRole('alert').innerText()).toContain('The user said no.');
      await widget.getByRole('searchbox').fill('x');
      await expect.poll(() => widget.locator('.stale').count()).toBe(0);
      expect(await titles()).toEqual(['Buy milk']);
    });

    it('that never answers is given up after a minute, and other tasks can be changed', async () => {
      await create({ title: 'Buy milk' }, { title: 'Call Ines' });
      const other = await browser.newPage();
      await other.clock.install();
      await other.goto(`${preview.url}host`);
      await other.waitForSelector('body[data-ready]', { state: 'attached' });
      const frame = other.frameLocator('iframe');
      await call(other, 'connect', server.url);
      await call(other, 'callTool', 'list_tasks', {}, { calls: 'unanswered' });
      const complete = frame.getByRole('button', { name: 'Complete Buy milk' });
      await complete.click();
      expect(await complete.getAttribute('aria-disabled')).toBe('true');
      await frame.getByRole('button', { name: 'Complete Call Ines' }).click();
      await other.clock.runFor(61_000);
      await expect.poll(() => frame.getByRole('alert').innerText()).toContain('no answer in time');
      expect(await complete.getAttribute('aria-disabled')).toBe('false');
      await other.close();
    });

    it('changes theme, zone and language while a text is typed, and the text stays', async () => {
      await create({ title: 'Buy milk', due: '2126-03-25T08:00:00Z' });
      await host('callTool', 'list_tasks', {});
      await expect.poll(dueTime).toBe('25 Mar 2126, 09:00');
      const bright = await background();
      await widget.getByRole('searchbox').fill('mil');
      await host('setContext', { theme: 'dark', timeZone: 'America/New_York', locale: 'de-DE' });
      await expect.poll(dueTime).toBe('25.03.2126, 04:00');
      expect(await background()).not.toBe(bright);
      expect(await widget.getByRole('searchbox').inputValue()).toBe('mil');
    });

    it('is told how high the widget is, when it grows and when it shrinks', async () => {
      await create(...['A', 'B', 'C', 'D'].map((title) => ({ title })));
      await host('callTool', 'list_tasks', { sort: 'title' });
      await expect.poll(titles).toHaveLength(4);
      await expect.poll(missingHeight).toBe(0);
      const before = await host('height');
      await button('Schedule A').click();
      await expect.poll(() => host('height')).toBeGreaterThan(before);
      await button('Cancel').click();
      await widget.getByRole('searchbox').fill('A');
      await expect.poll(titles).toEqual(['A']);
      await expect.poll(() => host('height')).toBeLessThan(before);
    });
  });

  it('fit into a narrow frame in every state, and take odd texts for texts', async () => {
    await page.setViewportSize(narrow);
    const found: unknown[] = [];
    for (const [index, { uri, states }] of (await host('listSamples')).entries()) {
      await host('open', uri);
      // What all of them have in common is looked at in the first one.
      const ownStates = states.filter((state) => index === 0 || !commonStates.includes(state));
      for (const state of ownStates.toSorted(byWaitingFirst)) {
        await host('showSample', uri, state);
        const { overflow, strangers } = await widgetFrame().evaluate(findOverflow);
        if (overflow.length + strangers > 0) found.push({ uri, state, overflow, strangers });
      }
    }
    expect(found).toEqual([]);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    await host('open', 'ui://integrations/confirmation');
    await host('showSample', 'ui://integrations/confirmation', 'odd text');
    await widget.getByText('javascript:parent.hacked=1').waitFor();
    expect(await widget.getByRole('button', { name: /^Click/ }).count()).toBe(0);
  });

  it('have no violation that axe finds after actions, in dialogs and in narrow frames', async () => {
    const [first] = await create(
      { title: 'Buy milk', recurrence: 'FREQ=DAILY', due: '2020-01-01' },
      { title: 'B' },
    );
    const found: unknown[] = [];
    const look = async (state: string): Promise<void> => {
      for (const theme of ['light', 'dark'] as const) {
        await host('setContext', { theme });
        const violations = await widgetFrame().evaluate(
          findViolations,
          theme === 'light' ? undefined : ['color-contrast'],
        );
        if (violations.length > 0) found.push({ state, theme, violations });
      }
    };
    await host('callTool', 'list_tasks', { sort: 'title', order: 'desc' }, { offers: allButFiles });
    await button('Complete Buy milk').waitFor();
    await widgetFrame().evaluate(axeSource);
    await button('Complete Buy milk').click();
    await widget.getByText('The next one is due').waitFor();
    await button('Export CSV').click();
    await csvText().waitFor();
    await button('Schedule B').click();
    await look('table: done, CSV as a text, asks for a time');
    await run('tasks delete', { task_id: first });
    await button('Reopen Buy milk').click();
    await widget.getByRole('alert').waitFor();
    await page.setViewportSize(narrow);
    await button('Filters').click();
    await look('table: failed, narrow, with its filters open');

    await host('callTool', 'create_task', { title: 'Write' });
    await button('Start Write').click();
    await widget.getByText('is now in progress').waitFor();
    await widgetFrame().evaluate(axeSource);
    await look('card: started, narrow');

    await host('callTool', 'generate_report', {}, { offers: allButFiles });
    await button('Export CSV').click();
    await csvText().waitFor();
    await widget.locator('summary').click();
    await widgetFrame().evaluate(axeSource);
    await look('report: CSV as a text, numbers open, narrow');
    expect(found).toEqual([]);
  });

  it('work in ChatGPT over the bridge of the standard, and use nothing beside it', async () => {
    await create({ title: 'Buy milk' });
    const client = new Client({ name: 'chatgpt', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
    const { tools } = await client.listTools();
    const keys = tools.flatMap(({ _meta: meta = {} }) => Object.keys(meta));
    expect(keys).toContain('ui');
    expect(keys.filter((key) => key.startsWith('openai/'))).toEqual([]);
    const result = await client.callTool({ name: 'list_tasks', arguments: {} });
    const { contents } = await client.readResource({ uri: 'ui://tasks/table' });
    const html = z.looseObject({ text: z.string() }).parse(contents[0]).text;

    const other = await browser.newPage({ reducedMotion: 'reduce' });
    await other.exposeFunction('callServer', (name: string, input: Record<string, unknown>) =>
      client.callTool({ name, arguments: input }),
    );
    await other.goto(`${preview.url}chatgpt`);
    await other.waitForSelector('body[data-ready]', { state: 'attached' });
    await other.evaluate(
      async ([page, shown]) => {
        const { chatgpt } = globalThis as unknown as { chatgpt: ChatgptApi }; // chatgpt.ts puts it there
        await chatgpt.show(page, {}, shown);
      },
      [html, result] as const,
    );
    const inner = other.frameLocator('iframe').frameLocator('iframe');
    await inner.getByRole('button', { name: 'Complete Buy milk' }).click();
    await inner.getByText('“Buy milk” is now done.').waitFor();
    await inner.getByRole('button', { name: 'Export CSV' }).click();
    await inner.getByRole('textbox', { name: /^CSV/ }).waitFor(); // ChatGPT takes no files
    expect(await inner.locator('html').getAttribute('data-theme')).toBe('dark');
    const { methods, extensions } = await other.evaluate(() => {
      const { chatgpt } = globalThis as unknown as { chatgpt: ChatgptApi };
      return { methods: chatgpt.listMethods(), extensions: chatgpt.listExtensions() };
    });
    expect(extensions).toEqual([]);
    expect(new Set(methods)).toEqual(
      new Set([
        'ui/initialize',
        'ui/notifications/initialized',
        'ui/notifications/size-changed',
        'tools/call',
        'ui/update-model-context',
      ]),
    );
    await other.close();
    await client.close();
  });

  it('move nothing for whoever wants less motion', async () => {
    await host('open', 'ui://tasks/table');
    expect(await motion()).toBe('none');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await motion()).toBe('breathe');
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });
});

// --- internal ---

const wide = { width: 800, height: 1_000 };
/** 320 px for the widget. */
const narrow = { width: 368, height: 1_000 };
const allButFiles = ['serverTools', 'openLinks', 'updateModelContext'] as const;
const nothing = 'nothing';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Asks the page that plays the host. */
function host<Name extends keyof HostApi>(
  name: Name,
  ...given: Parameters<HostApi[Name]>
): Promise<Awaited<ReturnType<HostApi[Name]>>> {
  return call(page, name, ...given);
}

function call<Name extends keyof HostApi>(
  asked: Page,
  name: Name,
  ...given: Parameters<HostApi[Name]>
): Promise<Awaited<ReturnType<HostApi[Name]>>> {
  return asked.evaluate(
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

/** @returns the ids */
async function create(...tasks: readonly object[]): Promise<readonly string[]> {
  const { results } = await run<{ results: { task: { task_id: string } }[] }>('tasks bulk:create', { tasks });
  return results.map(({ task }) => task.task_id);
}

function button(name: string) {
  return widget.getByRole('button', { name, exact: true });
}

function heading(name: string) {
  return widget.getByRole('heading', { level: 1, name });
}

function csvText() {
  return widget.getByRole('textbox', { name: /^CSV/ });
}

function titles(): Promise<string[]> {
  return widget.locator('tbody .title').allTextContents();
}

function dueTime(): Promise<string> {
  return widget.locator('td time').innerText();
}

/** By the keyboard. */
async function press(name: string): Promise<void> {
  await button(name).focus();
  await page.keyboard.press('Enter');
}

function motion(): Promise<string> {
  return widget.locator('.bar').first().evaluate(animationOf);
}

function background(): Promise<string> {
  return widget.locator('html').evaluate((element) => {
    const { getComputedStyle } = globalThis as unknown as { getComputedStyle: ComputedStyle }; // in the page
    return getComputedStyle(element).backgroundColor;
  });
}

/** How much of the widget its frame does not show. */
async function missingHeight(): Promise<number> {
  const content = await widget.locator('html').evaluate(({ scrollHeight }) => scrollHeight);
  return Math.max(0, content - (await host('height')));
}

function widgetFrame(): Frame {
  const frame = page.frames().at(-1);
  if (frame === undefined) throw new Error('There is no frame.');
  return frame;
}

const commonStates: readonly string[] = ['loading', 'cancelled', 'failed'];

/** A widget that has shown something never waits again. */
function byWaitingFirst(first: string, second: string): number {
  return Number(second === 'loading') - Number(first === 'loading');
}

function focused(): Promise<string> {
  return widgetFrame().evaluate(nameOfFocus, nothing);
}

// What follows runs in the frame.

type ComputedStyle = (element: unknown) => {
  readonly backgroundColor: string;
  readonly outlineStyle: string;
  readonly outlineWidth: string;
  readonly animationName: string;
};

interface ElementInFrame {
  readonly tagName: string;
  readonly ariaLabel: string | null;
  readonly textContent: string;
  readonly labels?: readonly ElementInFrame[];
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly tabIndex: number;
  checkVisibility(): boolean;
  focus(): void;
  getBoundingClientRect(): { readonly right: number; readonly left: number };
}

function nameOfFocus(none: string): string {
  const { document } = globalThis as unknown as { document: { activeElement: ElementInFrame } };
  const { activeElement: element } = document;
  const [label] = element.labels ?? [];
  return element.tagName === 'BODY' ? none : (element.ariaLabel ?? label?.textContent ?? element.textContent);
}

/** What the keyboard does not reach, or does without showing it; the focus is where it was. */
function findHidden(): readonly string[] {
  const { document, getComputedStyle } = globalThis as unknown as {
    document: { activeElement: ElementInFrame; querySelectorAll(selector: string): Iterable<ElementInFrame> };
    getComputedStyle: ComputedStyle;
  };
  const before = document.activeElement;
  const all = [...document.querySelectorAll('button, input, select, textarea, summary, [tabindex="0"]')];
  const hidden = all
    .filter((element) => element.checkVisibility())
    .filter((element) => {
      element.focus();
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const isShown = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      return document.activeElement !== element || element.tabIndex < 0 || !isShown;
    })
    .map((element) => element.ariaLabel ?? element.textContent);
  before.focus();
  return all.length === 0 ? ['there is nothing'] : hidden;
}

function animationOf(element: unknown): string {
  const { getComputedStyle } = globalThis as unknown as { getComputedStyle: ComputedStyle };
  return getComputedStyle(element).animationName;
}

/** What stands out of the frame on either side, and elements that no widget makes. */
function findOverflow(): { readonly overflow: readonly string[]; readonly strangers: number } {
  const { document } = globalThis as unknown as {
    document: {
      documentElement: ElementInFrame;
      querySelectorAll(selector: string): Iterable<ElementInFrame>;
    };
  };
  const { clientWidth } = document.documentElement;
  const overflow = [...document.querySelectorAll('body *:not(.unseen, .unseen *, script)')]
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return element.checkVisibility() && (right > clientWidth + 1 || left < -1);
    })
    .map(({ tagName, textContent }) => `${tagName} ${textContent.slice(0, 40)}`);
  const strangers = [...document.querySelectorAll('img, iframe, a, script:not(body > script)')].length;
  return { overflow, strangers };
}

/** @param rules - default: all of them */
async function findViolations(rules: string[] | undefined): Promise<{ id: string; target: string }[]> {
  const { axe } = globalThis as unknown as { axe: typeof Axe }; // as `axeSource` has put it there
  const { violations } = await axe.run({
    resultTypes: ['violations'],
    preload: false,
    ...(rules && { runOnly: rules }),
  });
  return violations.map(({ id, nodes }) => ({
    id,
    target: nodes.map(({ html }) => html.slice(0, 120)).join(' '),
  }));
}
