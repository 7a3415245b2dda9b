/** A server on stdio in a process of its own, over the oatty of the environment. */
import { createOatty } from '@oatty/runtime';
import { serveStdio } from '@oatty/mcp';

const oatty = await createOatty();
oatty.runs.takeOver();
await serveStdio({
  oatty,
  version: '1',
  log: (entry) =>
    process.stderr.write(`${JSON.stringify(entry)}
`),
});
await oatty.close();
