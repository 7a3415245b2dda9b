import { describe, expect, it } from 'vitest';
import type { CatalogEntry, SecurityScheme } from '@oatty/types';
import { aManifest } from '../../test/builders/a-manifest.ts';
import { withAuth, withBaseUrl, withHeaders, withSecret } from './edit-entry.ts';
import { toEntry } from './import-rules.ts';

function anEntry(fields: Partial<CatalogEntry> = {}): CatalogEntry {
  const save = { manifest: aManifest(), source: './openapi.yaml', sourceType: 'path' as const };
  return { ...toEntry(save, undefined, { file: 'shop-api.json', sha256: 'abc' }), ...fields };
}

const invalid = expect.objectContaining({ code: 'ARGUMENT_INVALID' });

describe('withHeaders', () => {
  it('sets, replaces and unsets without regard to case', () => {
    const entry = anEntry({ headers: { 'X-Key': 'old', 'X-Other': 'kept', 'X-Gone': 'x' } });
    const edited = withHeaders(entry, { set: { 'x-key': 'new' }, unset: ['X-GONE'] });
    expect(edited.headers).toEqual({ 'x-key': 'new', 'X-Other': 'kept' });
  });

  it('keeps references to secrets as they are', () => {
    const edited = withHeaders(anEntry(), { set: { Authorization: 'Bearer ${env:TOKEN}' } });
    expect(edited.headers).toEqual({ Authorization: 'Bearer ${env:TOKEN}' });
  });

  it('takes a header that is called __proto__ as an ordinary name', () => {
    const set = JSON.parse('{"__proto__": "x"}') as Record<string, string>;
    expect(Object.keys(withHeaders(anEntry(), { set }).headers)).toEqual(['__proto__']);
  });

  it.each(['', ' ', 'X Key', 'X:Key', 'X\nKey', 'Ümlaut'])('refuses the name %j', (name) => {
    expect(() => withHeaders(anEntry(), { set: { [name]: 'x' } })).toThrow(invalid);
  });

  it.each(['a\r\nX-Evil: 1', 'a\nb', 'a\0b', '✓'])('refuses the value %j without showing it', (value) => {
    expect(() => withHeaders(anEntry(), { set: { 'X-Key': value } })).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', message: expect.not.stringContaining(value) }),
    );
  });

  it('says when there is nothing to unset', () => {
    expect(() => withHeaders(anEntry(), { unset: ['X-Key'] })).toThrow(invalid);
  });
});

describe('withBaseUrl', () => {
  it('adds a new URL and selects it', () => {
    const edited = withBaseUrl(anEntry(), 'http://localhost:3000/v2/');
    expect(edited.base_urls).toEqual(['https://shop.example', 'http://localhost:3000/v2']);
    expect(edited.base_url).toBe('http://localhost:3000/v2');
  });

  it('selects a known URL without adding it again', () => {
    const entry = withBaseUrl(anEntry(), 'http://localhost:3000');
    const edited = withBaseUrl(entry, 'https://shop.example/');
    expect(edited.base_urls).toEqual(['https://shop.example', 'http://localhost:3000']);
    expect(edited.base_url).toBe('https://shop.example');
  });

  it.each([
    'shop',
    '/v1',
    'ftp://shop.example',
    'file:///etc',
    'https://a:b@shop.example',
    'https://shop.example?x=1',
    '',
  ])('refuses %j', (url) => {
    expect(() => withBaseUrl(anEntry(), url)).toThrow(invalid);
  });
});

describe('withAuth', () => {
  const schemes: Record<string, SecurityScheme> = {
    key: { kind: 'api_key', in: 'header', name: 'X-Key' },
    login: { kind: 'basic' },
    oauth: { kind: 'oauth2_client_credentials', token_url: 'https://shop.example/token', scopes: [] },
  };

  it('sets one scheme and forgets it again', () => {
    const credential = { username: '${env:USER}', password: '${secret:PASSWORD}' };
    const set = withAuth(anEntry(), schemes, { scheme: 'login', credential });
    expect(set.auth).toEqual({ login: credential });
    expect(withAuth(set, schemes, { scheme: 'login', credential: undefined }).auth).toEqual({});
  });

  it('takes a ready token for OAuth 2 too', () => {
    const credential = { value: '${secret:TOKEN}' };
    const { auth } = withAuth(anEntry(), schemes, { scheme: 'oauth', credential });
    expect(auth).toEqual({ oauth: credential });
  });

  it('names the schemes that there are', () => {
    const credential = { value: 'x' };
    expect(() => withAuth(anEntry(), schemes, { scheme: 'kee', credential })).toThrow(
      expect.objectContaining({
        code: 'ARGUMENT_INVALID',
        message: expect.stringContaining('key, login, oauth'),
      }),
    );
  });

  it.each([
    ['login', { value: 'x' }],
    ['key', { username: 'a', password: 'b' }],
    ['oauth', { client_id: '', client_secret: 'b' }],
    ['key', { value: 'a\r\nb' }],
    ['__proto__', { value: 'x' }],
  ])('refuses what does not fit the scheme %s', (scheme, credential) => {
    expect(() => withAuth(anEntry(), schemes, { scheme, credential })).toThrow(invalid);
  });
});

describe('withSecret', () => {
  it('adds a name once', () => {
    const once = withSecret(anEntry(), 'TOKEN');
    expect(withSecret(once, 'TOKEN').secrets).toEqual(['TOKEN']);
  });

  it.each(['', 'a b', '1x', 'a-b', 'x'.repeat(65)])('refuses the name %j', (name) => {
    expect(() => withSecret(anEntry(), name)).toThrow(invalid);
  });
});
