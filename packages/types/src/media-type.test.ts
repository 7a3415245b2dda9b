import { describe, expect, it } from 'vitest';
import { isFormType, isJsonType } from './media-type.ts';

describe('isJsonType', () => {
  it.each([
    ['application/json', true],
    ['Application/JSON; charset=utf-8', true],
    ['text/json', true],
    ['application/vnd.api+json', true],
    ['application/x-amz-json-1.1', true],
    ['application/vnd.github.v3.json', true],
    ['application/x-ndjson', false],
    ['application/json-seq', false],
    ['application/jsonl', false],
    ['text/plain; type=application/json', false],
    ['*/*', false],
  ])('says of %s: %s', (mediaType, expected) => {
    expect(isJsonType(mediaType)).toBe(expected);
  });
});

describe('isFormType', () => {
  it.each([
    ['application/x-www-form-urlencoded', true],
    ['multipart/form-data; boundary=x', true],
    ['multipart/mixed', true],
    ['application/json', false],
    ['text/x-www-form-urlencoded', false],
  ])('says of %s: %s', (mediaType, expected) => {
    expect(isFormType(mediaType)).toBe(expected);
  });
});
