/**
 * Runs the benchmarks, all or the named ones: `pnpm bench`, `pnpm bench startup mcp-call`.
 *
 * Each one measures our work and a floor (a bare script that does the same) in turns, in the same run, and prints
 * the ratio of the medians. Large descriptions are read from the folder that OATTY_CORPUS names.
 */
import { benches } from './benches.ts';
import { toRow } from './compare.ts';
import type { Comparison } from './compare.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

console.log('| Work | ours | floor | ratio | target |\n|---|--:|--:|--:|--:|');
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const results: readonly Comparison[] | string = await bench();
  if (typeof results === 'string') console.log(`| ${name} | left out: ${results} | | | |`);
  else for (const result of results) console.log(toRow(result));
}
