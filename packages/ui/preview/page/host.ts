/**
 * A small host of MCP Apps on a page: the widgets with a real server behind them, for tests.
 *
 * A test talks to it through `globalThis.host`.
 */
import type { AppBridge } from '@modelcontextprotocol/ext-apps/app-bridge';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Asked, HostApi, HostContext, HostOptions } from './host-api.ts';
import { openWidget } from './open-widget.ts';
import { sampleWidgets } from './samples.ts';

const allOffers = ['serverTools', 'openLinks', 'downloadFile', 'updateModelContext'] as const;

class Host implements HostApi {
  readonly #asked: Asked[] = [];
  #client: Client | undefined;
  #bridge: AppBridge | undefined;
  /** What the open widget was made of. */
  #shown = '';

  async connect(url: string): Promise<void> {
    this.#client = new Client({ name: 'host', version: '1' });
    await this.#client.connect(new StreamableHTTPClientTransport(new URL(url)));
  }

  async callTool(
    name: string,
    input: Readonly<Record<string, unknown>>,
    options: HostOptions = {},
  ): Promise<void> {
    const client = this.#client;
    if (client === undefined) throw new Error('There is no connection.');
    const { tools } = await client.listTools();
    const { _meta: meta } = tools.find((tool) => tool.name === name) ?? {};
    const ui = meta?.['ui'] as { readonly resourceUri: string } | undefined; // as MCP Apps has it
    const { contents } = await client.readResource({ uri: ui?.resourceUri ?? '' });
    const [page] = contents;
    const html = page !== undefined && 'text' in page ? page.text : '';
    // A widget that shows a result already is given the next one, as hosts do.
    const shown = `${JSON.stringify(options)} ${html}`;
    const bridge = shown === this.#shown ? this.#bridge : await this.#open(html, options, client);
    if (bridge === undefined) throw new Error('There is no widget.');
    this.#shown = shown;
    this.#asked.length = 0;
    await bridge.sendToolInput({ arguments: { ...input } });
    await bridge.sendToolResult(await client.callTool({ name, arguments: { ...input } }));
  }

  async open(uri: string, options: HostOptions = {}): Promise<void> {
    this.#shown = '';
    const pages = (await (await fetch('/widgets.json')).json()) as Readonly<Record<string, string>>; // of our own server
    await this.#open(pages[uri] ?? '', options);
  }

  async showSample(uri: string, state: string): Promise<void> {
    const sample = sampleWidgets
      .find((widget) => widget.uri === uri)
      ?.samples.find((one) => one.state === state);
    if (sample?.isCancelled === true) await this.#bridge?.sendToolCancelled({});
    if (sample?.result) await this.#bridge?.sendToolResult({ content: [], ...sample.result });
  }

  async setContext(context: HostContext): Promise<void> {
    await this.#bridge?.sendHostContextChange({ ...context });
  }

  listSamples() {
    return sampleWidgets.map(({ uri, samples }) => ({ uri, states: samples.map(({ state }) => state) }));
  }

  listAsked(): readonly Asked[] {
    return this.#asked;
  }

  height(): number {
    return document.querySelector('iframe')?.getBoundingClientRect().height ?? 0;
  }

  async #open(html: string, options: HostOptions, client?: Client): Promise<AppBridge> {
    document.body.replaceChildren();
    this.#asked.length = 0;
    const { theme = 'light', timeZone = 'Europe/Berlin', locale = 'en-GB' } = options;
    const { offers = allOffers, calls } = options;
    const { bridge } = await openWidget(document.body, {
      html,
      context: { theme, timeZone, locale },
      capabilities: Object.fromEntries(offers.map((offer) => [offer, {}])),
      ...(client && calls === undefined && { client }),
      ...(calls === 'refused' && { onCall: () => Promise.reject(new Error('The user said no.')) }),
      ...(calls === 'unanswered' && { onCall: () => new Promise(() => {}) }),
      onModelContext: (text) => this.#asked.push({ what: 'model', text }),
      onDownload: (text) => this.#asked.push({ what: 'download', text }),
      onLink: (text) => this.#asked.push({ what: 'link', text }),
    });
    this.#bridge = bridge;
    return bridge;
  }
}

Object.assign(globalThis, { host: new Host() });
document.body.dataset['ready'] = 'yes';
