/**
 * Shows a widget as a host of MCP Apps does: in a frame without an origin, under the policy that hosts give to a page
 * that names no domains.
 */
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';
import type { McpUiHostCapabilities, McpUiHostContext } from '@modelcontextprotocol/ext-apps/app-bridge';
import type { CallToolResult, Client } from '@modelcontextprotocol/client';

export interface WidgetOptions {
  readonly html: string;
  readonly context: McpUiHostContext;
  readonly capabilities: McpUiHostCapabilities;
  /** Calls of the widget go to its server; without one, to `onCall`. */
  readonly client?: Client;
  readonly onCall?: (name: string, input: Readonly<Record<string, unknown>>) => Promise<CallToolResult>;
  readonly onDownload?: (text: string) => void;
  readonly onModelContext?: (text: string) => void;
  readonly onLink?: (url: string) => void;
}

export interface OpenWidget {
  readonly bridge: AppBridge;
  readonly frame: HTMLIFrameElement;
}

/** @returns once the widget has connected */
export async function openWidget(parent: HTMLElement, options: WidgetOptions): Promise<OpenWidget> {
  const frame = document.createElement('iframe');
  frame.title = 'Widget';
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = options.html.replace(
    '<head>',
    `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
  const bridge = createBridge(options);
  const initialized = new Promise<void>((resolve) => {
    bridge.oninitialized = () => resolve();
  });
  bridge.onsizechange = ({ height }) => {
    if (height !== undefined) frame.style.height = `${height}px`;
  };
  parent.append(frame);
  const { contentWindow } = frame;
  if (contentWindow === null) throw new Error('The frame has no window.');
  await bridge.connect(new PostMessageTransport(contentWindow, contentWindow));
  await initialized;
  return { bridge, frame };
}

// --- internal ---

const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; connect-src 'none'";

function createBridge(options: WidgetOptions): AppBridge {
  const { client = null, capabilities, context, onCall } = options;
  const bridge = new AppBridge(client, { name: 'preview', version: '1' }, capabilities, {
    hostContext: context,
  });
  if (onCall) bridge.oncalltool = ({ name, arguments: input = {} }) => onCall(name, input);
  bridge.onupdatemodelcontext = ({ content = [] }) => {
    options.onModelContext?.(content.map((block) => (block.type === 'text' ? block.text : '')).join(''));
    return Promise.resolve({});
  };
  bridge.ondownloadfile = ({ contents }) => {
    const [file] = contents;
    if (file?.type === 'resource' && 'text' in file.resource) options.onDownload?.(file.resource.text);
    return Promise.resolve({});
  };
  bridge.onopenlink = ({ url }) => {
    options.onLink?.(url);
    return Promise.resolve({});
  };
  return bridge;
}
