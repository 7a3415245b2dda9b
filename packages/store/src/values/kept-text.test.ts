import { describe, expect, it } from 'vitest';
import { TextReader } from './kept-text.ts';

describe('a text of the journal', () => {
  it('that is gone means a damaged journal, and names it', async () => {
    const reader = await TextReader.over([]);
    expect(() => reader.read('@5f4d')).toThrow(
      expect.objectContaining({
        code: 'STORAGE_FAILED',
        options: expect.objectContaining({ context: { kept: '@5f4d' } }),
      }),
    );
  });
});
