// The catalogue's search over HTTP, with facets, never asked before and asked again and again: sixteen at once, the server with its search thread on one core, the load and PostgreSQL on the other. Beside it
// in the same rounds: the same words by PostgreSQL's full text behind the barest server there is, and `/health/live`, which asks nobody. The demo's 20,000 goods.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { demoGoods, doorsOf } from "./chain.ts"
import { cpuOf, cpuOfTree, pinTo } from "./cpu.ts"
import { type Figures, pagesAt } from "./page-load.ts"
import { benchServer, median } from "./server.ts"
import { variedQuestions } from "./varied-questions.ts"

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3)
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 4)
const CALLERS = Number(process.env["BENCH_CALLERS"] ?? 16)
/** how many different questions a round has: more than it can ask in its seconds, so that nothing is answered by what was kept */
const FRESH = SECONDS * 2_000
/** what many ask at once: words, brands as they sound, a slip, the wrong keyboard */
const WORDS = [
  ...["крем для рук", "шампунь", "мейбелин", "помада матовая", "гель для душа", "ifvgeym", "порошок", "туш для ресниц"],
  ...["зубная паста", "маска тканевая", "лореаль", "дезодорант", "пена для бритья", "носки", "лак для ногтей", "духи"],
]

const server = await benchServer()
await demoGoods(server)
await server.owner.query("vacuum analyze")
const door = await doorsOf(server, "shop")
const plain = spawn(process.execPath, [join(import.meta.dirname, "full-text-server.ts"), server.url], {
  stdio: ["ignore", "pipe", "inherit"],
})
process.once("exit", () => plain.kill("SIGKILL"))
const [port] = (await once(plain.stdout, "data")) as [Buffer]
for (const pid of [door.pid, plain.pid!]) pinTo(pid, 0)
pinTo(process.pid, 1)

type Asked = { name: string; url: string; paths: readonly string[]; pid: number; fresh?: boolean }
const ours = { url: `http://127.0.0.1:${door.port}`, pid: door.pid }
const theirs = { url: `http://127.0.0.1:${String(port).trim()}`, pid: plain.pid! }
const words = (prefix: string) => WORDS.map((text) => `${prefix}${text}`)
const questions = await variedQuestions(server, FRESH * (ROUNDS + 1))
let next = 0
const asked: Asked[] = [
  { name: "search with facets, fresh", ...ours, paths: questions, fresh: true },
  { name: "search with facets, kept", ...ours, paths: words("/api/v1/search?q=") },
  { name: "the whole catalogue with facets", ...ours, paths: ["/api/v1/search"] },
  { name: "suggestions", ...ours, paths: words("/api/v1/search/suggest?q=") },
  { name: "PostgreSQL, full text, two facets", ...theirs, paths: words("/?q=") },
  { name: "/health/live", ...ours, paths: ["/health/live"] },
]
type Round = Figures & { serverMs: number; postgresMs: number }
for (const deadline = performance.now() + 60_000; ; await wait(200)) {
  const { status } = await fetch(`${ours.url}/api/v1/search`)
  if (status === 200) break
  if (performance.now() > deadline) throw new Error("the search did not read the catalogue")
}
const rounds = new Map(asked.map((one) => [one, [] as Round[]]))
for (const one of asked) await pagesAt(one.url, { paths: one.fresh ? newOnes() : one.paths, callers: CALLERS, seconds: 2 }) // compiled code, plans
for (let round = 0; round < ROUNDS; round += 1) for (const one of asked) rounds.get(one)!.push(await roundOf(one))
for (const [{ name }, all] of rounds) {
  const mid = (of: (round: Round) => number, digits = 1) => Number(median(all.map(of)).toFixed(digits))
  const figures = { perSecond: mid((r) => r.perSecond, 0), p50: mid((r) => r.p50), p99: mid((r) => r.p99) }
  console.log(
    JSON.stringify({ name, callers: CALLERS, ...figures, serverMs: mid((r) => r.serverMs, 3), postgresMs: mid((r) => r.postgresMs, 3) }),
  )
}
plain.kill("SIGTERM")
await once(plain, "exit")
await door.stop()
await server.stop()

/** Questions nobody has asked yet; when there are no more, the first again, which nothing keeps that long. */
function newOnes(): string[] {
  const all = questions.slice(next, next + FRESH)
  next = next + 2 * FRESH <= questions.length ? next + FRESH : 0
  return all
}

async function roundOf({ url, paths, pid, fresh }: Asked): Promise<Round> {
  const [mine, database] = [cpuOf(pid), cpuOfTree(server.pid)]
  const figures = await pagesAt(url, { paths: fresh ? newOnes() : paths, callers: CALLERS, seconds: SECONDS })
  const each = (seconds: number) => (seconds * 1000) / figures.answers
  return { ...figures, serverMs: each(cpuOf(pid) - mine), postgresMs: each(cpuOfTree(server.pid) - database) }
}
