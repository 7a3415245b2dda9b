import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Caller } from '@oatty/types';

/** One request whose body has been read. */
export interface HttpCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** None for a request without a JSON body. */
  readonly messages: readonly JSONRPCMessage[];
  readonly caller: Caller;
  /** Of its access token; absent without authentication. */
  readonly scopes?: readonly string[];
}
