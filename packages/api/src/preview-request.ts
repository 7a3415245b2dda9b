/**
 * The request that a call would send, to be shown: secrets as `[secret]`, `${{ … }}` as it is.
 *
 * Nothing is looked up, read or sent: what is secret or not known yet goes through the one request builder as a
 * placeholder that no encoding changes, and is put back in afterwards.
 */
import { OattyError } from '@oatty/types';
import { readArguments } from './arguments/read-arguments.ts';
import { placeCredentials } from './auth/place-credentials.ts';
import type { CredentialReader } from './auth/place-credentials.ts';
import { replaceReferences } from './auth/references.ts';
import type { HttpCall } from './http-call.ts';
import { createRedactor, secretMark } from './redaction/redact.ts';
import { buildRequest, toHttpExecution } from './request/build-request.ts';
import type { BodyPlan } from './request/plan-body.ts';
import type { PartPlan } from './request/plan-parts.ts';
import type { Pair } from './request/serialize-style.ts';
import { isNeutralHeader } from './transport/neutral-header.ts';

export interface RequestPreview {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The value of a JSON body, the text of another one, the parts of a multipart one; `null` without a body. */
  readonly body: unknown;
}

/** What a preview needs of a call. */
export type PreviewCall = Pick<
  HttpCall,
  | 'command'
  | 'entry'
  | 'securitySchemes'
  | 'schemas'
  | 'arguments'
  | 'secrets'
  | 'idempotencyKey'
  | 'extraHeaders'
>;

/** @throws {OattyError} `ARGUMENT_INVALID`, as the call itself would */
export async function previewRequest(call: PreviewCall): Promise<RequestPreview> {
  const veil = createVeil(call.secrets ?? new Set());
  const { command, entry, securitySchemes: schemes } = call;
  const execution = toHttpExecution(command);
  const credentials = await placeCredentials({ execution, schemes, entry }, maskedCredentials);
  const plan = buildRequest({
    command,
    entry,
    schemas: call.schemas,
    given: readArguments(command, veil.cover(call.arguments)),
    credentials: { ...credentials, headers: credentials.headers.map(maskHeader) },
    extraHeaders: call.extraHeaders ?? {},
    idempotencyKey: call.idempotencyKey,
  });
  return {
    method: plan.method,
    url: veil.lift(plan.url.href),
    headers: veil.lift(plan.headers),
    body: veil.lift(plan.body === undefined ? null : toShownBody(plan.body)),
  };
}

// --- internal ---

/** Unreserved characters only, so that it comes through every encoding unchanged. */
const secretPlaceholder = 'oatty~secret~';
const maxLevels = 1_000;
const templatePattern = /\$\{\{[\s\S]*?\}\}/g;

const maskedCredentials: CredentialReader = {
  text: (template) => replaceReferences(template, () => secretPlaceholder),
  async secret(template) {
    const masked = await replaceReferences(template, () => secretPlaceholder);
    if (masked.includes(secretPlaceholder)) return masked;
    const scheme = /^(?:basic|bearer|token) /i.exec(masked)?.[0] ?? '';
    return scheme + secretPlaceholder;
  },
  derived: () => secretPlaceholder,
  token: () => Promise.resolve(secretPlaceholder),
};

/** A value of the catalog's headers may be anything; only what a reference stands for is known to be masked. */
function maskHeader([name, value]: Pair): Pair {
  return [name, isNeutralHeader(name) || value.includes(secretPlaceholder) ? value : secretPlaceholder];
}

interface Veil {
  cover<Value>(value: Value): Value;
  lift<Value>(value: Value): Value;
}

function createVeil(secrets: ReadonlySet<string>): Veil {
  const templates: string[] = [];
  const redactor = createRedactor(secrets);
  const coverText = (text: string) =>
    redactor
      .text(text)
      .replaceAll(secretMark, secretPlaceholder)
      .replaceAll(templatePattern, (template) => `oatty~template~${templates.push(template) - 1}~`);
  const liftText = (text: string) =>
    text
      .replaceAll(secretPlaceholder, secretMark)
      .replaceAll(/oatty~template~(\d+)~/g, (placeholder, index) => templates[Number(index)] ?? placeholder);
  return {
    cover: (value) => mapTexts(value, coverText),
    lift: (value) => mapTexts(value, liftText),
  };
}

/** The same shape with other texts, so the type stays. */
function mapTexts<Value>(value: Value, map: (text: string) => string, level = 0): Value {
  if (typeof value === 'string') return map(value) as Value;
  if (typeof value === 'number')
    return (map(String(value)) === String(value) ? value : map(String(value))) as Value;
  if (level > maxLevels) throw new OattyError('ARGUMENT_INVALID', 'A value is nested too deeply.');
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, map, level + 1)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, mapTexts(member, map, level + 1)]),
  ) as Value;
}

function toShownBody(plan: BodyPlan): unknown {
  switch (plan.kind) {
    case 'json':
      return plan.value;
    case 'text':
      return plan.text;
    case 'file':
      return toShownFile(plan.file);
    case 'multipart':
      return plan.parts.map(toShownPart);
  }
}

function toShownPart({ name, mediaType, headers, content }: PartPlan) {
  const value = content.kind === 'text' ? content.text : toShownFile(content.file);
  const typed = mediaType === undefined ? {} : { media_type: mediaType };
  return { name, ...typed, ...(headers && { headers }), value };
}

function toShownFile(file: Extract<BodyPlan, { kind: 'file' }>['file']): string {
  return file.kind === 'path' ? `[file ${file.path}]` : `[${file.filename ?? 'bytes'} in base64]`;
}
