import { describe, expect, it } from 'vitest';
import { aContext, captureIo } from '../../test/captured-io.ts';
import { looksLikeManifest, readManifest, selectWorkflow } from './workflow-source.ts';

describe('looksLikeManifest', () => {
  it.each([
    ['workflow: a\nsteps: []', true],
    ['# comment\n"workflow": a', true],
    ['wrokflow: a\nsteps:\n  - id: a', true],
    ['{"workflow":"a","steps":[]}', true],
    ['{"steps": [{"openapi": 1}]}', true],
    ['openapi: 3.1.0\npaths:\n  /x:\n    get:\n      x-workflow: 1\n', false],
    ['openapi: 3.1.0\nworkflow: a', false],
    ['{"swagger": "2.0", "steps": []}', false],
    ['info:\n  workflow: nested', false],
    ['{"info": {"workflow": 1}}', false],
    ['{"workflow": ', false],
    ['arazzo: 1.0.0\nworkflows: []', true],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(looksLikeManifest(text)).toBe(expected);
  });
});

describe('selectWorkflow', () => {
  const context = aContext(captureIo({ stdin: ' {"workflow": "a"}', cwd: '/nowhere' }));

  it('takes a bare word as the id of a saved workflow', async () => {
    expect(await selectWorkflow(context, 'fulfil_order-2')).toEqual({ workflowId: 'fulfil_order-2' });
  });

  it('takes - as a manifest on stdin, and sees whether it is JSON', async () => {
    expect(await selectWorkflow(context, '-')).toEqual({ manifest: ' {"workflow": "a"}', format: 'json' });
  });

  it.each(['a.yaml', './a', 'dir/a', '..', '/nowhere/a.json'])('takes %s as a file', async (word) => {
    await expect(selectWorkflow(context, word)).rejects.toThrow(
      expect.objectContaining({ code: 'SOURCE_NOT_FOUND' }),
    );
  });
});

it('readManifest refuses to read stdin twice', async () => {
  const context = aContext(captureIo({ stdin: 'workflow: a' }));
  expect(await readManifest(context, '-')).toEqual({ manifest: 'workflow: a', format: 'yaml' });
  await expect(readManifest(context, '-')).rejects.toThrow(
    expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
  );
});
