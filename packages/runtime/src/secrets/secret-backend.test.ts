import { describe, expect, it } from 'vitest';
import { createSecretBackend } from './secret-backend.ts';

describe('the environment as the place of secrets', () => {
  const backend = createSecretBackend({ OATTY_SECRETS_BACKEND: 'env', TOKEN: 'abc', UNSET: undefined });

  it('gives the variable of that name, and nothing that every object has', async () => {
    expect(await backend.get('TOKEN')).toBe('abc');
    expect(await backend.get('UNSET')).toBeUndefined();
    expect(await backend.get('constructor')).toBeUndefined();
  });

  it('does not tell which of its variables are secrets', async () => {
    expect(await backend.names()).toEqual([]);
  });

  it('is never changed', async () => {
    await expect(backend.set('TOKEN', () => Promise.resolve('x'))).rejects.toMatchObject({
      code: 'SECRET_BACKEND_READ_ONLY',
    });
    await expect(backend.remove('TOKEN')).rejects.toMatchObject({ code: 'SECRET_BACKEND_READ_ONLY' });
  });
});

describe('a machine without a keychain', () => {
  it('falls back to the environment', async () => {
    const backend = createSecretBackend({ TOKEN: 'abc' });
    expect(await backend.get('TOKEN')).toBe('abc');
  });
});
