import { expect, it } from 'vitest';
import { readSource } from '../src/index.ts';
import { aDirectory } from './a-directory.ts';
import { aServer } from './a-server.ts';

it('reads the text of a file or an address as it is', async () => {
  const cwd = await aDirectory({ 'workflow.yaml': 'workflow: a # kept\n' });
  const base = await aServer((_, response) => response.end('workflow: b # kept\n'));

  expect(await readSource({ source: 'workflow.yaml', cwd })).toEqual({
    source: 'workflow.yaml',
    sourceType: 'path',
    text: 'workflow: a # kept\n',
  });
  expect(await readSource({ source: base, allowPrivate: true })).toMatchObject({
    sourceType: 'url',
    text: 'workflow: b # kept\n',
  });
});

it('keeps the rules for addresses and the limit of bytes', async () => {
  const cwd = await aDirectory({ 'workflow.yaml': 'workflow: a\n' });

  await expect(readSource({ source: 'http://127.0.0.1/' })).rejects.toMatchObject({
    code: 'ADDRESS_NOT_ALLOWED',
  });
  await expect(readSource({ source: 'workflow.yaml', cwd, limits: { maxBytes: 5 } })).rejects.toMatchObject({
    code: 'LIMIT_EXCEEDED',
  });
});
