import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { RunHandle } from '@oatty/runtime';
import { aContext, captureIo } from '../../test/captured-io.ts';
import { followToEnd } from './follow-to-end.ts';

const lost = new OattyError('STORAGE_FAILED', 'The connection was lost.', {
  suggestedAction: 'Start the database.',
});
const whatBecomesOfIt = {
  code: 'STORAGE_FAILED',
  message: 'The connection was lost.',
  suggestedAction: 'Start the database. Run run-1 is left where it is; carry it on with: oatty worker',
};

describe('a run whose journal goes away', () => {
  it('is named to whoever watches its events', async () => {
    await expect(follow({ events: () => failing(lost) })).rejects.toMatchObject(whatBecomesOfIt);
  });

  it('is named to whoever waits for its end', async () => {
    await expect(follow({ wait: () => Promise.reject(lost) })).rejects.toMatchObject(whatBecomesOfIt);
  });
});

it('what else goes wrong is told as it is', async () => {
  const other = new OattyError('RUN_NOT_FOUND', 'No run "run-1".');
  await expect(follow({ wait: () => Promise.reject(other) })).rejects.toBe(other);
});

// --- internal ---

function follow(handle: Partial<RunHandle>) {
  return followToEnd(aContext(captureIo()), {
    run_id: 'run-1',
    workflow_id: 'w',
    status: 'running',
    events: () => none(),
    wait: () => new Promise(() => {}),
    cancel: async () => {},
    ...handle,
  });
}

async function* none(): AsyncGenerator<never> {}

// oxlint-disable-next-line require-yield -- it fails before the first event
async function* failing(error: OattyError): AsyncGenerator<never> {
  throw error;
}
