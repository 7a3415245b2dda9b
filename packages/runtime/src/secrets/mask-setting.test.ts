import { describe, expect, it } from 'vitest';
import { maskSetting } from './mask-setting.ts';

describe('maskSetting', () => {
  it.each([
    ['abc', '••••'],
    ['Bearer abc', '••••'],
    ['${env:TOKEN}', '${env:TOKEN}'],
    ['Bearer ${secret:TOKEN}', 'Bearer ${secret:TOKEN}'],
    ['user:${env:PASSWORD}', '••••${env:PASSWORD}'],
    ['${env:USER}:${env:PASSWORD}', '${env:USER}••••${env:PASSWORD}'],
    ['Bearer ${env:A}-suffix', 'Bearer ${env:A}••••'],
  ])('shows %j as %j', (text, shown) => {
    expect(maskSetting(text)).toBe(shown);
  });
});
