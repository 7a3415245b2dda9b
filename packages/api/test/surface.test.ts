import { describe, expect, it } from 'vitest';
import * as api from '../src/index.ts';

describe('the package', () => {
  it('promises these names and no others', () => {
    expect(Object.keys(api).sort()).toEqual([
      'UpstreamError',
      'checkWebhookSecret',
      'createTokenCache',
      'executeHttpCommand',
      'isPrivateHost',
      'previewRequest',
      'redactText',
      'redactValue',
      'sendWebhook',
    ]);
  });
});
