// Starts a run whose call is answered after a minute: somebody kills this process before.
import { createOatty } from '@oatty/runtime';

const oatty = await createOatty();
const steps = [
  { id: 'wait', run: 'shop slow:list', with: { delay_ms: Number(process.argv[2]) }, timeout: '2m' },
];
const handle = await oatty.runs.start({ workflow: { manifest: { workflow: 'slow', steps } } });
await handle.wait();
