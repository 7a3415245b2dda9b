/** A request that reaches no session, with the status and the headers of the answer. */
import type { OattyError } from '@oatty/types';
import { ProtocolError } from '../errors/to-mcp.ts';

export class HttpRefusal extends ProtocolError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(error: OattyError, status: number, headers: Readonly<Record<string, string>> = {}) {
    super(error);
    this.status = status;
    this.headers = headers;
  }
}
