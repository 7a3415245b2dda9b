import { describe, expect, it } from 'vitest';
import { toFileName } from './file-name.ts';

function nameOf(disposition: string | undefined, path = '/files/report.pdf'): string {
  const headers = disposition === undefined ? {} : { 'content-disposition': disposition };
  return toFileName({ headers, url: new URL(path, 'https://api.test') });
}

describe('toFileName', () => {
  it.each([
    ['attachment; filename="a b.pdf"', 'a b.pdf'],
    ['attachment; filename=a.pdf', 'a.pdf'],
    [`attachment; filename="x.pdf"; filename*=UTF-8''%E2%82%AC.pdf`, '€.pdf'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    [String.raw`attachment; filename="..\..\boot.ini"`, 'boot.ini'],
    [`attachment; filename*=UTF-8''..%2F..%2Fpasswd`, 'passwd'],
    ['attachment; filename=".bashrc"', 'bashrc'],
    ['attachment; filename="a:b|c?.txt"', 'abc.txt'],
    ['attachment; filename=".."', 'report.pdf'],
    ['inline', 'report.pdf'],
    [undefined, 'report.pdf'],
  ])('reads %j as %j', (disposition, expected) => {
    expect(nameOf(disposition)).toBe(expected);
  });

  it('makes a name up where nothing gives one', () => {
    expect(nameOf(undefined, '/')).toBe('download');
    expect(nameOf(undefined, '/a/%2E%2E%2F')).toBe('download');
  });

  it('keeps the end of a long name, with its extension', () => {
    expect(nameOf(`attachment; filename="${'a'.repeat(200)}.pdf"`)).toBe(`${'a'.repeat(124)}.pdf`);
  });
});
