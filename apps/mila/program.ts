import { APP_ROLE, migrate } from "@mila/db"
import { KeptIndex, KeptInPostgres, SearchThread } from "@mila/catalog"
import { importsApart, importsBeside } from "@mila/exchange"
import { type Clock, connect, type Db, simulatedClock, systemClock, type ProgramLog } from "@mila/kernel"
import { type Carrier, localCarrier, noCarrier, webPush } from "@mila/messages"
import { jobNames, prepareSchedule, runJob, startWorker, type Worker, type WorkerContext } from "@mila/worker"
import { join, resolve } from "node:path"
import { importRulesOf } from "./exchange-settings.ts"
import { type Database, openDatabase } from "./database.ts"
import { type DoorContext, type DoorName, DOORS, openDoor } from "./doors.ts"
import { gatewaysOf } from "./gateway-settings.ts"
import { publishFirstTexts } from "./first-texts.ts"
import { front } from "./front.ts"
import { healthDoor, watchHealth } from "./health.ts"
import { keepMetrics, type Metrics, serveMetrics } from "./metrics.ts"
import { type Listening, listen } from "./server.ts"
import { type Push, pushOf, smsCapsOf } from "./push-settings.ts"
import type { Settings } from "./settings.ts"
import { walletsOf } from "./wallet-settings.ts"
import { startTraces } from "./traces.ts"

export type ProgramOptions = {
  settings: Settings
  doors: readonly DoorName[]
  log: ProgramLog
  /** told, in a person's words, what is going on */
  say: (text: string) => void
  /** brings the schema up to date before the doors open; without it readiness stays red until somebody did */
  migrates: boolean
  /** runs when the database is ready and before the doors open */
  beforeOpening?: (context: DoorContext) => Promise<void>
}

export type Program = {
  context: DoorContext
  database: Database["kind"]
  /** of the doors */
  port: number
  /** Readiness off, no new connections, requests and jobs under way finish, pools close, the embedded database stops. Once; harmless twice. */
  stop(): Promise<void>
}

/** The most a stop may take, whatever hangs. */
export const STOP_WITHIN_MS = 25_000

/** Opens the database, then the doors, then the worker. Errors: sentences for a person; what was started is stopped again. */
export async function openProgram(options: ProgramOptions): Promise<Program> {
  const { settings, log, say } = options
  const database = await openDatabase(settings, {
    mayJoin: options.doors.length < DOORS.length,
    say: (text) => (say(text), log.warn({}, text)),
  })
  const undo: (() => Promise<unknown>)[] = [database.stop]
  try {
    if (options.migrates || database.kind === "embedded") {
      const { applied } = await migrate(database.url)
      await prepareSchedule(database.url, { role: APP_ROLE })
      if (applied.length > 0) log.info({ applied: applied.length }, "the schema is brought up to date")
    }
    return await openDoors(options, database, undo)
  } catch (error) {
    for (const step of undo.toReversed()) await step().catch(() => undefined)
    throw error
  }
}

async function openDoors(options: ProgramOptions, database: Database, undo: (() => Promise<unknown>)[]): Promise<Program> {
  const { settings, log, doors, say } = options
  const state = { draining: false }
  const isDraining = () => state.draining
  const { tracesEndpoint: endpoint, serviceName } = settings
  const traces = endpoint ? await startTraces({ endpoint, serviceName }) : undefined
  if (traces) undo.push(traces.stop)
  const metrics = keepMetrics()
  const pools = openPools(settings, database, { log, metrics, isDraining })
  const { clock, isDemo } = natureOf(settings, database)
  const push = pushOf(settings, { isDemo, secrets: database.secrets })
  const { gateways, leave } = openGateways(settings, push)
  undo.push(pools.close, leave)
  const health = watchHealth({ url: database.url, role: APP_ROLE, secrets: database.secrets, isDraining })
  undo.push(health.close)

  const figures = { ran: metrics.jobRan, left: metrics.jobsLeft, smsSent: metrics.smsSent, signIns: metrics.signIns }
  const work = workOf(settings, { db: pools.workerDb, clock, log, gateways, isDemo, figures })
  const context: DoorContext = {
    ...{ settings, db: pools.db, tillDb: pools.tillDb, clock, log, jobNames, watchQueue: metrics.watchQueue },
    ...{ isDemo, push },
    runJob: (name) => runJob(work, name, { at: clock.now() }),
    say,
  }
  if (options.migrates) await publishFirstTexts(pools.db, settings, clock.now())
  await options.beforeOpening?.(context)

  const secure = settings.publicUrl?.startsWith("https:") ?? false
  const app = front({ log, isDraining, health, trustedProxies: settings.trustedProxies, seen: metrics.seen, secure })
  if (traces) app.use("*", traces.middleware)
  app.route("/", healthDoor(health))
  const search = await openSearch(settings, { url: database.url, db: pools.workerDb, clock, log })
  undo.push(() => search.close())
  for (const name of doors) if (name !== "worker") app.route("/", await openDoor(name, { ...context, search }))
  const worker = doors.includes("worker") ? await startWithImports(work, { settings, url: database.url }) : undefined
  if (worker) undo.push(() => worker.stop(1_000))
  const listening = await listen(app, settings)
  undo.push(() => listening.close(0))
  if (settings.metricsPort !== 0) await serveMetrics(metrics, { host: settings.metricsHost, port: settings.metricsPort })
  log.info({ port: listening.port, doors, database: database.kind }, "the doors are open")

  const closed = () => leave().then(() => Promise.allSettled([search.close(), pools.close(), health.close(), traces?.stop()]))
  const rest = () => closed().then(() => database.stop())
  return {
    context,
    database: database.kind,
    port: listening.port,
    stop: once(() => closeDoors({ settings, state, log, listening, worker, rest })),
  }
}

type Working = Pick<WorkerContext, "db" | "clock" | "log" | "gateways"> & {
  isDemo: boolean
  figures: Pick<WorkerContext, "ran" | "left" | "smsSent" | "signIns">
}

/** What the worker works with. */
function workOf(settings: Settings, { isDemo, figures, ...of }: Working): WorkerContext {
  const sealFile = settings.sealFile ?? join(resolve(settings.dataDir), "seals.txt")
  const smsCaps = smsCapsOf(settings)
  return { ...of, ...figures, smsCaps, carry: carrierOf(settings, { isDemo }), wallets: walletsOf(settings), sealFile }
}

/**
 * The search of this process, unless PostgreSQL is to be asked: in a thread of its own, which reads the catalogue while the doors open. Where time is simulated it is kept beside the doors,
 * which know that time.
 */
async function openSearch(
  { clock: kind, search: engine }: Settings,
  { url, db, clock, log }: { url: string; db: Db; clock: Clock; log: ProgramLog },
): Promise<KeptIndex | KeptInPostgres | SearchThread> {
  const onError = (err: unknown): void => log.error({ err }, "the search could not follow the catalogue")
  if (engine === "postgres") return KeptInPostgres.open({ db, clock, onError })
  return kind === "simulated" ? KeptIndex.open({ db, clock, onError }) : new SearchThread({ url, role: APP_ROLE, onError })
}

/** The worker, and imports of goods: in a process of their own, or where time is simulated beside the doors, which know that time. */
async function startWithImports(work: WorkerContext, { settings, url }: { settings: Settings; url: string }): Promise<Worker> {
  const { db, clock, log } = work
  const worker = await startWorker(work)
  const rules = importRulesOf(settings)
  const onError = (err: unknown): void => log.error({ err }, "an import stumbled; it goes on where it stood")
  const imports =
    settings.clock === "simulated"
      ? importsBeside({ db, clock, rules, onError })
      : importsApart({ db, url, role: APP_ROLE, rules, onError })
  return { stop: async (patienceMs) => void (await Promise.all([worker.stop(patienceMs), imports.stop()])) }
}

/** Which time it is there, and whether its people are made up. */
function natureOf(settings: Settings, { kind }: Database) {
  const clock = settings.clock === "simulated" ? simulatedClock(settings.clockStart ?? systemClock.now()) : systemClock
  return { clock, isDemo: settings.demo === "1" || (settings.demo === "auto" && kind !== "DATABASE_URL") }
}

function openGateways(settings: Settings, push: Push | null) {
  const gateways = settings.messages === "auto" ? [...gatewaysOf(settings), ...(push ? [webPush(push)] : [])] : []
  return { gateways, leave: () => Promise.allSettled(gateways.map(async ({ close }) => close?.())) }
}

/** Where there is no gateway, or none is wanted, messages arrive in the outbox that a demo's people read, and nowhere else. */
function carrierOf({ messages, clock }: Settings, { isDemo }: { isDemo: boolean }): Carrier {
  const isPlay = isDemo || clock === "simulated"
  return messages === "local" || (messages === "auto" && isPlay) ? localCarrier : noCarrier
}

type PoolWatch = { log: ProgramLog; metrics: Metrics; isDraining: () => boolean }

function openPools(settings: Settings, { url, secrets }: Database, { log, metrics, isDraining }: PoolWatch) {
  const open = (name: string, max: number, patience: { connectTimeoutMs: number; queryTimeoutMs: number }): Db => {
    const onError = (error: Error) => log[isDraining() ? "debug" : "warn"]({ pool: name, err: error }, "an idle database connection broke")
    const db = connect({ ...{ url, secrets, max, onError }, name: `mila ${name}`, role: APP_ROLE, ...patience })
    metrics.watchPool(name, db)
    return db
  }
  const third = Math.floor(settings.tillTimeoutMs / 3)
  const db = open("web", settings.pool, { connectTimeoutMs: 1_500, queryTimeoutMs: settings.queryTimeoutMs })
  const tillDb = open("tills", settings.tillPool, { connectTimeoutMs: third, queryTimeoutMs: settings.tillTimeoutMs - third })
  const workerDb = open("worker", settings.workerPool, { connectTimeoutMs: 10_000, queryTimeoutMs: 3_600_000 })
  return {
    ...{ db, tillDb, workerDb },
    close: once(async () => void (await Promise.all([db.close(), tillDb.close(), workerDb.close()]))),
  }
}

type Closing = {
  settings: Settings
  state: { draining: boolean }
  log: ProgramLog
  listening: Listening
  worker: Worker | undefined
  rest: () => Promise<void>
}

async function closeDoors({ settings, state, log, listening, worker, rest }: Closing): Promise<void> {
  state.draining = true
  const patienceMs = settings.stopSeconds * 1000
  if (settings.drainDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, settings.drainDelayMs))
  const [requests] = await Promise.all([listening.close(patienceMs), worker?.stop(patienceMs).catch(() => undefined)])
  if (requests === "cut") log.warn({ patienceMs }, "requests were cut off; their callers repeat them")
  await rest()
  log.info({}, "stopped")
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
