import { describe, expect, it } from 'vitest';
import { isRequiredInput } from './input-rule.ts';

describe('isRequiredInput', () => {
  it.each([
    [{}, true],
    [{ optional: null }, true],
    [{ optional: true }, false],
    [{ optional: true, validate: null }, false],
    [{ optional: true, validate: { required: true } }, true],
    [{ optional: false, validate: { required: false } }, true],
  ])('says of %j: %s', (input, isRequired) => {
    expect(isRequiredInput(input)).toBe(isRequired);
  });
});
