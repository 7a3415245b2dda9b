import { describe, expect, it } from 'vitest';
import { toManifestText } from './written-text.ts';

describe('toManifestText', () => {
  it.each([
    ['plain text', 'workflow: a', 'workflow: a\n'],
    ['text with spaces around it', '\n\n  workflow: a \n', 'workflow: a\n'],
    ['a fence', '```yaml\nworkflow: a\n```', 'workflow: a\n'],
    ['a fence of tildes', '~~~\nworkflow: a\n~~~', 'workflow: a\n'],
    ['words around a fence', 'Here it is:\n```yml\nworkflow: a\n```\nEnjoy!', 'workflow: a\n'],
    ['a fence that is never closed', 'Sure.\n```\nworkflow: a\n', 'workflow: a\n'],
    ['the longest of several fences', 'Run:\n```\noatty\n```\n```\nworkflow: a\n```', 'workflow: a\n'],
    ['line ends of Windows', '```\r\nworkflow: a\r\n```\r\n', 'workflow: a\n'],
    ['an empty fence', '```\n```', '```\n```\n'],
    ['words alone', 'I cannot.', 'I cannot.\n'],
  ])('takes %s', (_, written, text) => {
    expect(toManifestText(written)).toBe(text);
  });

  it('leaves fences inside of a manifest alone', () => {
    const manifest = 'workflow: a\ndescription: |\n  ```\n  x: 1\n  ```\nsteps: []\n';
    expect(toManifestText(manifest)).toBe(manifest);
  });
});
