/**
 * Runs the protocol's conformance suite against our server, for both revisions.
 *
 * Every scenario that a revision requires has to pass, and every one of tasks, which none requires because they are an
 * extension. What else fails is named.
 *
 * `http-custom-header-server-validation` is not for us: it wants a tool that has its arguments repeated in headers of
 * the request (`x-mcp-header`), none of ours does, and SDK 2.x checks such headers for its own tool registry only.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { serveFixtures } from './server.ts';

interface Scenario {
  readonly name: string;
  readonly hasPassed: boolean;
}

const suite = fileURLToPath(
  new URL('dist/index.js', import.meta.resolve('@modelcontextprotocol/conformance/package.json')),
);

const server = await serveFixtures(() => undefined);
try {
  for (const revision of ['2025-11-25', '2026-07-28']) await check(revision, server.url);
} finally {
  await server.close();
}

// --- internal ---

async function check(revision: string, url: string): Promise<void> {
  const child = spawn(process.execPath, [suite, 'server', '--url', url, '--requirements', revision], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [report, code] = await Promise.all([text(child.stdout), exit]);
  const scenarios = readScenarios(report);
  const failed = scenarios.filter(({ hasPassed }) => !hasPassed).map(({ name }) => name);
  const tasks = failed.filter((name) => name.startsWith('tasks-'));
  const passed = scenarios.length - failed.length;
  const others = failed.length > 0 ? `, not ${failed.join(', ')}` : '';
  process.stdout.write(`${revision}: ${passed} of ${scenarios.length} scenarios passed${others}\n`);
  if (code === 0 && scenarios.length > 0 && tasks.length === 0) return;
  process.stdout.write(report);
  process.exitCode = 1;
}

/** The lines `✓ tools-list: 3 passed, 0 failed` of the summary. */
function readScenarios(report: string): readonly Scenario[] {
  const summary = report.split('=== SUMMARY ===')[1] ?? '';
  return [...summary.matchAll(/([✓✗]) ([\w-]+): \d+ passed, \d+ failed/g)].map(([, mark, name = '']) => ({
    name,
    hasPassed: mark === '✓',
  }));
}
