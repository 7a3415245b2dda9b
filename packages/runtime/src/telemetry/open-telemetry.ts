/** Telemetry by OpenTelemetry, sent as OTLP over HTTP to where the variables `OTEL_EXPORTER_OTLP_…` say. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { createTraceState, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { endSpan } from './end-span.ts';
import type { Operation, Telemetry, TelemetryOptions } from './telemetry.ts';
import { watchRuns } from './watch-runs.ts';

export function createTelemetry({ version }: TelemetryOptions): Telemetry {
  const named = resourceFromAttributes({ 'service.name': 'oatty', 'service.version': version });
  const resource = named.merge(detectResources({ detectors: [envDetector] }));
  const traces = new TracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const metrics = new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })],
  });
  const tracer = traces.getTracer('oatty', version);
  const durations = metrics.getMeter('oatty', version).createHistogram('mcp.server.operation.duration', {
    description: 'How long requests of MCP take.',
    unit: 's',
  });
  const active = new AsyncLocalStorage<Context>();
  return {
    async observe(operation, work) {
      const parent = toParent(operation) ?? active.getStore() ?? ROOT_CONTEXT;
      const { name, attributes } = operation;
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
      const start = performance.now();
      const end = (failure: string | undefined) => {
        const outcome = failure === undefined ? {} : { 'error.type': failure };
        endSpan(span, failure);
        durations.record((performance.now() - start) / 1_000, { ...attributes, ...outcome });
      };
      return active.run(trace.setSpan(parent, span), () => carryOut(operation, work, end));
    },
    watch: (runs) => watchRuns(runs, { tracer, parent: () => active.getStore() ?? ROOT_CONTEXT }),
    async close() {
      const sent = Promise.allSettled([traces.shutdown(), metrics.shutdown()]);
      await Promise.race([sent, pause(maxCloseMs, undefined, { ref: false })]);
    },
  };
}

// --- internal ---

/** A receiver that is gone must not keep the process. */
const maxCloseMs = 2_000;

async function carryOut<Result>(
  operation: Operation,
  work: () => Promise<Result>,
  end: (failure: string | undefined) => void,
): Promise<Result> {
  try {
    const result = await work();
    end(operation.failureOf?.(result));
    return result;
  } catch (thrown) {
    end(operation.failureFrom(thrown));
    throw thrown;
  }
}

/** `00-<trace>-<span>-<flags>`; what is none of that is not there. */
function toParent({ traceparent, tracestate }: Operation): Context | undefined {
  const [, traceId, spanId, flags] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || /^0+$/.test(traceId) || /^0+$/.test(spanId))
    return undefined;
  const traceFlags = Number.parseInt(flags ?? '0', 16);
  const traceState = tracestate === undefined ? undefined : createTraceState(tracestate);
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags,
    isRemote: true,
    ...(traceState && { traceState }),
  });
}
