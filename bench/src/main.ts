/**
 * Runs the benchmarks, all or the named ones: `pnpm bench`, `pnpm bench startup mcp-call`.
 *
 * Each one measures our work and a floor (a bare script that does the same) in turns, in the same run, and prints
 * the median of the ratios with its quartiles. `README.md` says what each row means.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { existsSync } from 'node:fs';
import { benches } from './benches.ts';
import { binary } from './child.ts';
import { tableHead, toEmptyRow, toRow } from './result.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0)
  refuse(`No such benchmark: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
if (!existsSync(binary)) refuse('The binary is not built: pnpm build');

console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}, load ${toLoad()}\n`);
console.log(tableHead);
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  try {
    const results = await bench();
    const rows = typeof results === 'string' ? [toEmptyRow(name, results)] : results.map(toRow);
    console.log(rows.join('\n'));
  } catch (thrown) {
    console.log(toEmptyRow(name, `failed: ${String(thrown)}`));
    process.exitCode = 1;
  }
}
console.log(`\nload ${toLoad()}`);

// --- internal ---

function refuse(reason: string): never {
  console.error(reason);
  process.exit(2);
}

/** Of the last minute: more than one process busy beside the benchmark makes the figures doubtful. */
function toLoad(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
