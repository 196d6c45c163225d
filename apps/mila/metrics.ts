import type { Db } from "@mila/kernel"
import { createServer, type Server } from "node:http"
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client"
import type { Seen } from "./front.ts"

export type Metrics = {
  seen(request: Seen): void
  jobRan(run: { name: string; ok: boolean; seconds: number; at: Date; result: Record<string, number> }): void
  jobsLeft(left: { waiting: number; oldestSeconds: number }): void
  smsSent(today: { sent: number; stopped: Readonly<Record<string, number>>; highestPrefix: number }): void
  signIns(watch: { codesSent: number; codesUsed: number; pumping: boolean; passwordsRestSeconds: number }): void
  watchPool(name: string, db: Db): void
  /** a length read whenever somebody looks */
  watchQueue(name: string, length: () => number): void
  /** Prometheus' text */
  text(): Promise<string>
}

/** Figures of this process in Prometheus' form. Labels are names of ours, never a person's, a card's or a path. */
export function keepMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const requests = new Histogram({
    ...{ registers, name: "mila_http_request_seconds", help: "Time to answer a request", labelNames: ["method", "route", "status"] },
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 1, 2, 5],
  })
  const jobs = new Histogram({
    ...{ registers, name: "mila_job_seconds", help: "Time a job took", labelNames: ["job", "result"] },
    buckets: [0.01, 0.1, 1, 10, 60, 600],
  })
  const lastRun = new Gauge({
    registers,
    name: "mila_job_last_success_timestamp_seconds",
    help: "When a job last went well",
    labelNames: ["job"],
  })
  const findings = new Gauge({
    registers,
    name: "mila_ledger_findings",
    help: "Broken invariants the last check of the ledger found; 0 is right",
  })
  const checked = new Gauge({ registers, name: "mila_ledger_checked_timestamp_seconds", help: "When the ledger was last checked" })
  const waiting = new Gauge({ registers, name: "mila_jobs_left", help: "Jobs left by acts that nobody took yet" })
  const oldest = new Gauge({ registers, name: "mila_jobs_left_oldest_seconds", help: "How long the oldest of them waits" })

  const pools = new Map<string, Db>()
  const connections = new Gauge({
    ...{ registers, name: "mila_pool_connections", help: "Database connections of a pool", labelNames: ["pool", "state"] },
    collect() {
      for (const [pool, { pool: of }] of pools) {
        connections.set({ pool, state: "open" }, of.totalCount)
        connections.set({ pool, state: "idle" }, of.idleCount)
        connections.set({ pool, state: "asked for" }, of.waitingCount)
      }
    },
  })
  const queues = new Map<string, () => number>()
  const lengths = new Gauge({
    ...{ registers, name: "mila_queue_length", help: "Requests that wait in a queue of this process", labelNames: ["queue"] },
    collect() {
      for (const [queue, length] of queues) lengths.set({ queue }, length())
    },
  })
  const refusals = new Counter({
    registers,
    name: "mila_http_unserved_total",
    help: "Requests answered 429 or 503",
    labelNames: ["route", "status"],
  })

  return {
    seen({ method, route, status, seconds }) {
      requests.observe({ method, route, status }, seconds)
      if (status === 429 || status === 503) refusals.inc({ route, status })
    },
    jobRan({ name, ok, seconds, at, result }) {
      jobs.observe({ job: name, result: ok ? "done" : "failed" }, seconds)
      if (ok) lastRun.set({ job: name }, at.getTime() / 1000)
      if (result["findings"] === undefined) return
      findings.set(result["findings"])
      checked.set(at.getTime() / 1000)
    },
    jobsLeft({ waiting: count, oldestSeconds }) {
      waiting.set(count)
      oldest.set(oldestSeconds)
    },
    ...{ smsSent: smsGauges(registers), signIns: signInGauges(registers), watchPool: (name, db) => void pools.set(name, db) },
    watchQueue: (name, length) => void queues.set(name, length),
    text: () => registry.metrics(),
  }
}

/** What went by SMS today; every process with a worker says the same, for it is counted in the database. */
function smsGauges(registers: Registry[]): Metrics["smsSent"] {
  const all = new Gauge({ registers, name: "mila_sms_today", help: "SMS sent today (Minsk), by all processes" })
  const held = new Gauge({ registers, name: "mila_sms_stopped_today", help: "SMS stopped today by a cap", labelNames: ["cap"] })
  const range = new Gauge({ registers, name: "mila_sms_prefix_today_max", help: "The most SMS one range of numbers was sent today" })
  return ({ sent, stopped, highestPrefix }) => {
    all.set(sent)
    range.set(highestPrefix)
    for (const [cap, count] of Object.entries(stopped)) held.set({ cap }, count)
  }
}

/** How people sign in, counted in the database: every process with a worker says the same. Alarms are 1 while they last. */
function signInGauges(registers: Registry[]): Metrics["signIns"] {
  const sent = new Gauge({
    registers,
    name: "mila_codes_sent_last_hour",
    help: "Codes sent in the last hour that were used, or had their time to be",
  })
  const used = new Gauge({ registers, name: "mila_codes_used_last_hour", help: "How many of them were used" })
  const alarm = new Gauge({ registers, name: "mila_sign_in_alarm", help: "1 while an alarm lasts", labelNames: ["alarm"] })
  return ({ codesSent, codesUsed, pumping, passwordsRestSeconds }) => {
    sent.set(codesSent)
    used.set(codesUsed)
    alarm.set({ alarm: "codes_unused" }, Number(pumping))
    alarm.set({ alarm: "passwords_tried" }, Number(passwordsRestSeconds > 0))
  }
}

/** Serves `/metrics` on a port of its own, which no balancer shows to the world. Errors: the port is taken. */
export function serveMetrics(metrics: Metrics, { host, port }: { host: string; port: number }): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics" || request.method !== "GET") return void response.writeHead(404).end()
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`port ${port} of the figures is taken; set MILA_METRICS_PORT to another one, or to 0`)
          : error,
      ),
    )
    server.listen(port, host, () => resolve(server.unref()))
  })
}
