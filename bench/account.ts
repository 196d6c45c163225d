// The home of the account as its server makes it: one person alone, sixty-four at once, and the script it brings. The whole product, with its demo chain.
import { demoChain } from "./demo-chain.ts"
import { median } from "./server.ts"

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3)
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 4)
const PAGES = ["/health/live", "/my", "/my/card", "/my/bonuses"] // the first one asks nobody: what a request costs anyway

const chain = await demoChain()
const cookie = await chain.signedIn("+375 29 000-00-01")
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
await chain.stop()

type Figures = { p50: number; p99: number; perSecond: number }

function mid(all: readonly Figures[], name: keyof Figures): number {
  return Number(median(all.map((one) => one[name])).toFixed(1))
}

function page(path: string): Promise<Response> {
  return fetch(`${chain.url}${path}`, { headers: { cookie } })
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
  const scripts = [...(await (await page(path)).text()).matchAll(/<link rel="modulepreload"[^>]*? href="([^"]+)"/g)].map(
    ([, href]) => href!,
  )
  const sizes = await Promise.all(
    [...new Set(scripts)].map(async (href) =>
      Number((await fetch(`${chain.url}${href}`, { headers: { "accept-encoding": "br" } })).headers.get("content-length")),
    ),
  )
  return Number((sizes.reduce((sum, size) => sum + size, 0) / 1024).toFixed(1))
}
