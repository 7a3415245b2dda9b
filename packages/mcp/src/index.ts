export { createMcpServer } from './create-server.ts';
export type { McpServer, McpServerOptions } from './create-server.ts';
export { serveHttp } from './transports/http.ts';
export type { HttpOptions, HttpServer } from './transports/http.ts';
export type { HttpLimits } from './transports/http-limits.ts';
export { serveStdio } from './transports/stdio.ts';
export type { StdioOptions } from './transports/stdio.ts';
