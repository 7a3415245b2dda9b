/** The benchmarks by name. */
import { benchHttpCommand } from './bench-http-command.ts';
import { benchImport } from './bench-import.ts';
import { benchJournal } from './bench-journal.ts';
import { benchMcpCall } from './bench-mcp-call.ts';
import { benchMcpStart } from './bench-mcp-start.ts';
import { benchQueue } from './bench-queue.ts';
import { benchSearch } from './bench-search.ts';
import { benchStartup } from './bench-startup.ts';
import { benchSteps } from './bench-steps.ts';
import { benchTasks } from './bench-tasks.ts';
import { benchWidget } from './bench-widget.ts';
import type { Result } from './result.ts';

/** @returns what it found, or why it cannot run here */
type Bench = () => Promise<readonly Result[] | string>;

export const benches: Readonly<Record<string, Bench>> = {
  startup: benchStartup,
  'http-command': benchHttpCommand,
  steps: benchSteps,
  journal: benchJournal,
  queue: benchQueue,
  tasks: benchTasks,
  import: benchImport,
  search: benchSearch,
  'mcp-start': benchMcpStart,
  'mcp-call': benchMcpCall,
  widget: benchWidget,
};
