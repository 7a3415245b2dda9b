/**
 * A host as a server meets it: JSON-RPC, the capabilities that it declares, and a model that is shown what hosts show.
 *
 *   H1. A model sees the text of a result, and of an error its number and message: never `structuredContent` or `data`.
 *   H2. What the host cannot do it answers with -32601, whatever it has declared.
 *   H3. A model calls only tools that are listed. A name with a dot is one of those by its title.
 */
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import type { McpServer } from '../src/index.ts';

export interface HostOptions {
  readonly revision: string;
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** What is answered to requests of the server, by method. */
  readonly answers?: Readonly<Record<string, (params: Params) => object>>;
}

type Params = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** What the model is shown of a call. */
export interface Shown {
  readonly isError: boolean;
  readonly text: string;
}

interface ListedTool {
  readonly name: string;
  readonly title: string;
}

export class Host {
  /** What the server has asked, by method. */
  readonly asked: string[] = [];
  /** What it has told, by method. */
  readonly told: string[] = [];
  readonly #options: HostOptions;
  readonly #pending = new Map<unknown, (message: Answer) => void>();
  #transport: InMemoryTransport | undefined;
  #introduction: Introduction | undefined;
  #tools: readonly ListedTool[] = [];
  #count = 0;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  /** The revision that was agreed on. */
  get revision(): string {
    const { protocolVersion, supportedVersions = [] } = this.#introduction ?? {};
    return protocolVersion ?? supportedVersions.join();
  }

  get instructions(): string {
    return this.#introduction?.instructions ?? '';
  }

  get #isModern(): boolean {
    return this.#options.revision >= '2026';
  }

  async connect(server: McpServer): Promise<void> {
    const [near, far] = InMemoryTransport.createLinkedPair();
    await server.connect(far);
    near.onmessage = (message) => void this.#hear(message);
    await near.start();
    this.#transport = near;
    this.#introduction = introduction.parse(await this.#introduce());
    const { tools } = toolList.parse((await this.request('tools/list')).result);
    this.#tools = tools;
  }

  async close(): Promise<void> {
    await this.#transport?.close();
  }

  /** The tool that a text names first, as it is listed (H3). */
  toolIn(text: string): string {
    const named = this.#tools.filter(({ title }) => text.includes(title));
    const [first] = named.sort((one, other) => text.indexOf(one.title) - text.indexOf(other.title));
    if (!first) throw new Error(`no tool is named: ${text}`);
    return first.name;
  }

  async request(method: string, params: Params = {}): Promise<Answer> {
    this.#count += 1;
    const id = this.#count;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#pending.set(id, resolve);
    await this.#send({ id, method, params: { ...params, ...(this.#isModern && { _meta: this.#envelope }) } });
    return promise;
  }

  /** A call of a model, with the rounds that a host makes of it. */
  async call(name: string, args: Params = {}, more: Params = {}): Promise<Shown> {
    if (!this.#tools.some((tool) => tool.name === name)) throw new Error(`"${name}" is not listed`);
    const answer = await this.request('tools/call', { name, arguments: args, ...more });
    const round = inputRequired.safeParse(answer.result);
    if (!round.success) return toShown(answer);
    const { inputRequests, requestState } = round.data;
    const responses = Object.entries(inputRequests).map(([key, { method, params }]) => [
      key,
      this.#answer(method, params),
    ]);
    return this.call(name, args, { requestState, inputResponses: Object.fromEntries(responses) });
  }

  /** The same for a call that succeeds: the model reads the text, which is JSON. */
  async read(name: string, args: Params = {}): Promise<Document> {
    const { isError, text } = await this.call(name, args);
    if (isError) throw new Error(`${name}: ${text}`);
    return JSON.parse(text);
  }

  /** The same for a call that fails. */
  async fail(name: string, args: Params = {}): Promise<string> {
    const { isError, text } = await this.call(name, args);
    if (!isError) throw new Error(`${name} did not fail: ${text}`);
    return text;
  }

  get #envelope() {
    return {
      'io.modelcontextprotocol/protocolVersion': this.#options.revision,
      'io.modelcontextprotocol/clientCapabilities': this.#options.capabilities,
    };
  }

  async #introduce(): Promise<unknown> {
    if (this.#isModern) return (await this.request('server/discover')).result;
    const { revision: protocolVersion, capabilities } = this.#options;
    const clientInfo = { name: 'host', version: '1' };
    const { result } = await this.request('initialize', { protocolVersion, capabilities, clientInfo });
    await this.#send({ method: 'notifications/initialized' });
    return result;
  }

  async #hear(message: JSONRPCMessage): Promise<void> {
    if (!('method' in message)) {
      this.#pending.get(message.id)?.(message);
      return;
    }
    const { method, params = {} } = message;
    if (!('id' in message)) {
      this.told.push(method);
      return;
    }
    const result = this.#answer(method, params);
    const error = { code: -32_601, message: 'Method not found' };
    await this.#send({ id: message.id, ...(result ? { result } : { error }) });
  }

  #answer(method: string, params: Params): object | undefined {
    this.asked.push(method);
    return this.#options.answers?.[method]?.(params);
  }

  async #send(message: object): Promise<void> {
    await this.#transport?.send({ jsonrpc: '2.0', ...message } as JSONRPCMessage);
  }
}

/** H1 */
export function toShown({ result, error }: Answer): Shown {
  if (error) return { isError: true, text: `MCP error ${error.code}: ${error.message}` };
  const { isError, content } = toolResult.parse(result);
  return { isError, text: content.map(({ text }) => text).join('\n') };
}

// --- internal ---

// oxlint-disable-next-line typescript/no-explicit-any -- tests read into documents, and compare what they find
type Document = any;

const introduction = z.object({
  protocolVersion: z.string().optional(),
  supportedVersions: z.array(z.string()).optional(),
  instructions: z.string(),
});

type Introduction = z.infer<typeof introduction>;

const toolList = z.object({ tools: z.array(z.object({ name: z.string(), title: z.string() })) });

const inputRequired = z.object({
  resultType: z.literal('input_required'),
  inputRequests: z.record(
    z.string(),
    z.object({ method: z.string(), params: z.record(z.string(), z.unknown()) }),
  ),
  requestState: z.string(),
});

const toolResult = z.object({
  isError: z.boolean().default(false),
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
});
