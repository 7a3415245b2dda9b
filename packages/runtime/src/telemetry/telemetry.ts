/**
 * What goes on, for whoever watches the process from outside. The engine knows nothing of it: runs are watched by their
 * events.
 *
 *   T1. Names, ids, statuses and times; never a payload, a message or a secret.
 *   T2. Losing it fails nothing.
 */
import type { Runs } from '../runs/runs.ts';

export interface Telemetry {
  /** Carries out `work` within a span; runs that it starts are below it. */
  observe<Result>(operation: Operation, work: () => Promise<Result>): Promise<Result>;
  /** The same runs, each with a span for itself and one for each of its steps. */
  watch(runs: Runs): Runs;
  /** Sends what is left; waits for a short time. */
  close(): Promise<void>;
}

export interface Operation {
  /** `tools/call workflow_run` */
  readonly name: string;
  readonly attributes: Attributes;
  /** What the caller says it is part of, as W3C Trace Context writes it. */
  readonly traceparent?: string;
  /** What vendors on the way have added to that. */
  readonly tracestate?: string;
  /** The kind of failure that a result stands for; `undefined` for a good one. */
  failureOf?(result: unknown): string | undefined;
  /** The kind of failure that was thrown. */
  failureFrom(thrown: unknown): string;
}

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Whether the environment names somebody who listens. */
export function isTelemetryConfigured(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true') return false;
  return endpoints.some((name) => (env[name]?.trim() ?? '') !== '');
}

export interface TelemetryOptions {
  /** Of the program. */
  readonly version: string;
}

/** To be called once in a process: the exporters read its environment. Nothing of OpenTelemetry is loaded before. */
export async function openTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { createTelemetry } = await import('./open-telemetry.ts');
  return createTelemetry(options);
}

// --- internal ---

const endpoints = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
];
