/** The benchmarks by name. One that cannot run says why. */
import type { Comparison } from './compare.ts';
import { benchHttpCommand } from './bench-http-command.ts';
import { benchImport } from './bench-import.ts';
import { benchMcpCall } from './bench-mcp-call.ts';
import { benchMcpStart } from './bench-mcp-start.ts';
import { benchSearch } from './bench-search.ts';
import { benchStartup } from './bench-startup.ts';
import { benchSteps } from './bench-steps.ts';

type Bench = () => Promise<readonly Comparison[] | string>;

export const benches: Readonly<Record<string, Bench>> = {
  startup: benchStartup,
  'http-command': benchHttpCommand,
  steps: benchSteps,
  import: benchImport,
  search: benchSearch,
  'mcp-start': benchMcpStart,
  'mcp-call': benchMcpCall,
};
