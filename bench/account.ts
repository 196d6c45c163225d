// The home of the account as its server makes it: one person alone, sixty-four at once, and the script it brings. The whole product, with its demo chain.
import { spawn } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { median } from "./server.ts"

const MILA = resolve(import.meta.dirname, "../apps/mila/mila.ts")
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3)
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 4)
const PAGES = ["/health/live", "/my", "/my/card", "/my/bonuses"] // the first one asks nobody: what a request costs anyway

const folder = mkdtempSync(join(tmpdir(), "mila-bench-"))
chmodSync(folder, 0o755)
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const env = {
  ...process.env,
  MILA_DATA_DIR: folder,
  MILA_DEMO: "1",
  MILA_METRICS_PORT: "0",
  MILA_LOG_FILE: join(folder, "log"),
  PORT: String(port),
}
const child = spawn(process.execPath, [MILA, "start"], { env, stdio: "ignore" })
while (
  !(await fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  ))
)
  await wait(100)
await wait(2_000) // the demo's last writes

const cookie = await signedIn("+375 29 000-00-01")
for (const path of PAGES) {
  await load(path, 16, 2) // compiled code, plans
  const rounds = { alone: [] as Figures[], crowd: [] as Figures[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.alone.push(await load(path, 1, SECONDS))
    rounds.crowd.push(await load(path, 64, SECONDS))
  }
  const told = (all: Figures[]) => ({ p50: mid(all, "p50"), p99: mid(all, "p99"), perSecond: mid(all, "perSecond") })
  console.log(JSON.stringify({ path, alone: told(rounds.alone), at64: told(rounds.crowd) }))
}
console.log(JSON.stringify({ scriptKiB: await scriptOf("/my"), htmlKiB: (await (await page("/my")).text()).length / 1024 }))
child.kill("SIGTERM")
await new Promise((ended) => child.once("exit", ended))
rmSync(folder, { recursive: true, force: true })

type Figures = { p50: number; p99: number; perSecond: number }

function mid(all: readonly Figures[], name: keyof Figures): number {
  return Number(median(all.map((one) => one[name])).toFixed(1))
}

function page(path: string): Promise<Response> {
  return fetch(`${url}${path}`, { headers: { cookie } })
}

async function load(path: string, callers: number, seconds: number): Promise<Figures> {
  const until = performance.now() + seconds * 1000
  const took: number[] = []
  const caller = async () => {
    while (performance.now() < until) {
      const began = performance.now()
      await (await page(path)).arrayBuffer()
      took.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  took.sort((one, other) => one - other)
  return { p50: took[Math.floor(took.length / 2)]!, p99: took[Math.floor(took.length * 0.99)]!, perSecond: took.length / seconds }
}

/** The brotli weight of every script a first visit of a page loads. */
async function scriptOf(path: string): Promise<number> {
  const scripts = [...(await (await page(path)).text()).matchAll(/<link rel="modulepreload" href="([^"]+)"/g)].map(([, href]) => href!)
  const sizes = await Promise.all(
    [...new Set(scripts)].map(async (href) =>
      Number((await fetch(`${url}${href}`, { headers: { "accept-encoding": "br" } })).headers.get("content-length")),
    ),
  )
  return Number((sizes.reduce((sum, size) => sum + size, 0) / 1024).toFixed(1))
}

/** Signs in with a code, as a browser without script does, and answers its cookies. */
async function signedIn(phone: string): Promise<string> {
  const cookies = new Map<string, string>()
  const post = async (form: Record<string, string>) => {
    const headers = { origin: url, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") }
    const answer = await fetch(`${url}/sign-in`, { method: "POST", body: new URLSearchParams(form), headers, redirect: "manual" })
    for (const set of answer.headers.getSetCookie()) cookies.set(set.slice(0, set.indexOf("=")), /=([^;]*)/.exec(set)![1]!)
  }
  await post({ step: "ask", phone })
  const outbox = await (await fetch(`${url}/demo/outbox`)).text()
  await post({ step: "code", code: /[^\d](\d{6})[^\d]/.exec(outbox.slice(outbox.indexOf('class="message"')))![1]! })
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  return typeof address === "object" && address ? address.port : 0
}
