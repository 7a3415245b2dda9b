/**
 * A page that shows a widget as ChatGPT does: two frames deep, over the bridge of the standard, which is written out here
 * by hand, and with a `window.openai` of its own beside it. A test talks to it through `globalThis.chatgpt`.
 */
import type { CallToolResult } from '@modelcontextprotocol/client';
import type { ChatgptApi } from './chatgpt-api.ts';

type Message = Readonly<Record<string, unknown>>;

declare const callServer: (name: string, input: unknown) => Promise<CallToolResult>; // the test puts it there

class Chatgpt implements ChatgptApi {
  readonly #methods: string[] = [];
  readonly #extensions: string[] = [];
  #frame: Window | undefined;

  async show(html: string, input: object, result: CallToolResult): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      addEventListener('message', ({ source, data }: MessageEvent<Message>) => {
        if (source !== this.#frame) return;
        if (typeof data['openai'] === 'string') this.#extensions.push(data['openai']);
        if (typeof data['method'] === 'string') this.#methods.push(data['method']);
        if (data['method'] === 'ui/notifications/initialized') resolve();
        if ('id' in data && 'method' in data) void this.#answer(data);
      });
    });
    const frame = document.createElement('iframe');
    frame.title = 'Widget';
    frame.style.height = '600px';
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = toProxy(withExtensions(html, input, result));
    document.body.append(frame);
    this.#frame = frame.contentWindow ?? undefined;
    await ready;
    this.#send({ method: 'ui/notifications/tool-input', params: { arguments: input } });
    this.#send({ method: 'ui/notifications/tool-result', params: { ...result, _meta: { 'openai/x': 1 } } });
  }

  listMethods(): readonly string[] {
    return this.#methods;
  }

  listExtensions(): readonly string[] {
    return this.#extensions;
  }

  async #answer({ id, method, params }: Message): Promise<void> {
    switch (method) {
      case 'ui/initialize':
        return this.#send({ id, result: toInitialized(params as Message) }); // its parameters are an object
      case 'tools/call': {
        const { name, arguments: input } = params as Message; // as above
        return this.#send({ id, result: await callServer(String(name), input) });
      }
      case 'ui/update-model-context':
      case 'ui/open-link':
        return this.#send({ id, result: {} });
      default:
        return this.#send({ id, error: { code: -32_601, message: `No method ${String(method)}.` } });
    }
  }

  #send(message: Message): void {
    this.#frame?.postMessage({ jsonrpc: '2.0', ...message }, '*');
  }
}

Object.assign(globalThis, { chatgpt: new Chatgpt() });
document.body.dataset['ready'] = 'yes';

// --- internal ---

/** It takes no files, gives no styles, and says more of itself than the standard knows. */
function toInitialized({ protocolVersion }: Message): Message {
  return {
    protocolVersion,
    hostInfo: { name: 'chatgpt', version: '1' },
    hostCapabilities: {
      serverTools: {},
      openLinks: {},
      updateModelContext: { text: {} },
      message: { text: {} },
    },
    hostContext: {
      theme: 'dark',
      locale: 'en-US',
      displayMode: 'inline',
      availableDisplayModes: ['inline', 'fullscreen', 'pip'],
      containerDimensions: { maxHeight: 600 },
      safeAreaInsets: { top: 0, right: 0, bottom: 0, left: 0 },
      platform: 'web',
      'openai/view': 'conversation',
    },
  };
}

/** The frame between: it passes messages on, and has an origin of its own. */
function toProxy(html: string): string {
  const widget = JSON.stringify(html).replaceAll('<', '\\u003c');
  return `<!doctype html><body style="margin:0"><script>
    const inner = document.createElement('iframe');
    inner.title = 'Widget';
    inner.style.cssText = 'width:100%;height:590px;border:0';
    inner.setAttribute('sandbox', 'allow-scripts');
    inner.srcdoc = ${widget};
    document.body.append(inner);
    addEventListener('message', ({ source, data }) => {
      if (source === parent) inner.contentWindow.postMessage(data, '*');
      else if (source === inner.contentWindow) parent.postMessage(data, '*');
    });
  </script></body>`;
}

/** What ChatGPT puts beside the standard; whatever is read of it is told to the page. */
function withExtensions(html: string, toolInput: object, { structuredContent }: CallToolResult): string {
  const state = JSON.stringify({
    toolInput,
    toolOutput: structuredContent,
    theme: 'dark',
    widgetState: null,
  });
  const script = `<script>
    const tell = (key) => parent.postMessage({ openai: String(key) }, '*');
    const state = ${state.replaceAll('<', '\\u003c')};
    globalThis.openai = new Proxy(state, { get: (_, key) => (tell(key), state[key] ?? (() => Promise.resolve())) });
  </script>`;
  return html.replace('<head>', `<head>${script}`);
}
