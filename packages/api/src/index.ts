export { createTokenCache } from './auth/token-cache.ts';
export type { AccessToken, TokenCache } from './auth/token-cache.ts';
export { executeHttpCommand } from './execute-http-command.ts';
export type { HttpCall, HttpLimits, IncomingFile, LocalFile, PageLimits } from './http-call.ts';
export { isPrivateHost } from './transport/private-address.ts';
export { previewRequest } from './preview-request.ts';
export type { PreviewCall, RequestPreview } from './preview-request.ts';
export { redactText, redactValue } from './redaction/redact.ts';
export { UpstreamError } from './upstream-error.ts';
