import { context, SpanKind, SpanStatusCode, trace, TraceFlags } from "@opentelemetry/api"
import type { MiddlewareHandler } from "hono"
import pg from "pg"
import { templateOf } from "./front.ts"

export type Traces = { middleware: MiddlewareHandler; stop(): Promise<void> }

/**
 * Sends traces to an OpenTelemetry collector: a span a request, named by its route's template, and a span a statement, named as it is declared.
 * Neither carries values. The SDK is loaded only here.
 */
export async function startTraces({ endpoint, serviceName }: { endpoint: string; serviceName: string }): Promise<Traces> {
  const [{ TracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }, { AsyncLocalStorageContextManager }] =
    await Promise.all([
      import("@opentelemetry/sdk-trace"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/context-async-hooks"),
    ])
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }) })],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(provider)
  traceStatements()
  return { middleware: requestSpan, stop: () => provider.shutdown() }
}

const requestSpan: MiddlewareHandler = (c, next) => {
  const parent = parentOf(c.req.header("traceparent"))
  const around = parent ? trace.setSpanContext(context.active(), parent) : context.active()
  return trace.getTracer("mila").startActiveSpan(c.req.method, { kind: SpanKind.SERVER }, around, async (span) => {
    try {
      await next()
    } finally {
      const route = templateOf(c)
      span.updateName(`${c.req.method} ${route}`)
      span.setAttributes({ "http.request.method": c.req.method, "http.route": route, "http.response.status_code": c.res.status })
      if (c.res.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    }
  })
}

/** Who called us, by W3C Trace Context. */
function parentOf(header: string | undefined) {
  const [, traceId, spanId, flags] = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(header ?? "") ?? []
  if (!traceId || !spanId || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined
  return { traceId, spanId, traceFlags: Number.parseInt(flags!, 16) & TraceFlags.SAMPLED, isRemote: true }
}

/** Wraps the client's one way to ask, for promises; callbacks (the pool's own) pass untouched. */
function traceStatements(): void {
  const plain = pg.Client.prototype.query as (...asked: unknown[]) => unknown
  function traced(this: pg.Client, ...asked: unknown[]): unknown {
    if (!trace.getActiveSpan()) return plain.apply(this, asked)
    const span = trace
      .getTracer("mila")
      .startSpan(statementName(asked[0]), { kind: SpanKind.CLIENT, attributes: { "db.system.name": "postgresql" } })
    const answer = plain.apply(this, asked)
    if (!(answer instanceof Promise)) return (span.end(), answer)
    answer.then(
      () => span.end(),
      () => {
        span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      },
    )
    return answer
  }
  pg.Client.prototype.query = traced as typeof pg.Client.prototype.query
}

function statementName(asked: unknown): string {
  if (typeof asked === "object" && asked !== null && "name" in asked && typeof asked.name === "string") return asked.name
  const text = typeof asked === "string" ? asked : typeof asked === "object" && asked !== null && "text" in asked ? String(asked.text) : ""
  return /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? "query"
}
