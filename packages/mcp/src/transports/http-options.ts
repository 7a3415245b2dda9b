import type { Authentication } from '../auth/authentication.ts';
import type { McpServerOptions } from '../create-server.ts';
import type { HttpLimits } from './http-limits.ts';

export interface HttpOptions extends McpServerOptions {
  /** Beyond this machine only with `authentication`: nobody is asked who they are without. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The endpoint as clients reach it: `https://oatty.example.com/mcp`. Default: where it listens. */
  readonly publicUrl?: string;
  /** Names that requests may be sent to, besides this machine and that of `publicUrl`. */
  readonly allowedHosts?: readonly string[];
  /** Web pages that may connect, besides those of this machine: `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[];
  readonly authentication?: Authentication;
  readonly limits?: Partial<HttpLimits>;
}
