/** Saves a text of its own over one version and prints the outcome: `save-workflow.ts REGISTRY EXPECTED_VERSION`. */
import { OattyError } from '@oatty/types';
import { createWorkflowStore, resolvePaths } from '../../src/index.ts';

const [registry = '', expectedVersion = ''] = process.argv.slice(2);
const store = createWorkflowStore(resolvePaths({ REGISTRY_CONFIG_PATH: registry }));

try {
  const saved = await store.save({ content: `workflow: greet\ntitle: by ${process.pid}\n`, expectedVersion });
  process.stdout.write(JSON.stringify(saved));
} catch (thrown) {
  process.stdout.write(JSON.stringify(OattyError.from(thrown).toPayload()));
}
