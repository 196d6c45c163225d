// Pages as their server makes them: CPU a page, one person alone, many at once, and pages a second with the server on one core. The whole product, with its
// demo chain; PostgreSQL and the load share the other core. `/health/live`, which asks nobody, is measured in the same rounds.
import { cpuOf, cpuOfTree, pinTo } from "./cpu.ts"
import { demoChain } from "./demo-chain.ts"
import { type Figures, pagesAt } from "./page-load.ts"
import { median } from "./server.ts"

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3)
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 3)
const CROWD = Number(process.env["BENCH_CROWD"] ?? 64)

const chain = await demoChain()
const cookie = await chain.signedIn("+375 29 000-00-01")
const found = async (path: string, href: RegExp): Promise<string> => href.exec(await (await fetch(chain.url + path)).text())![1]!
const category = await found("/catalog", /href="(\/catalog\/[^"/]+)"/)
const product = await found(category, /href="(\/p\/[^"/?]+)"/)
const things = await thingsOnSale()
const shop = await found("/shops", /href="(\/shops\/\w+)"/)

const EVERYBODY = [
  "/health/live",
  "/",
  category,
  `${category}?sort=price&available=1`,
  product,
  "/search?q=крем для рук",
  "/shops",
  shop,
  "/sign-in",
]
const PERSONS = ["/my", "/my/card", "/my/bonuses"]
const asked = process.env["BENCH_PAGES"]?.split(",")
const FIRST = "things nobody asked for yet"
let slices = 0
const pages = [
  ...EVERYBODY.map((path) => ({ path, paths: [path], headers: {} })),
  { path: FIRST, paths: things, headers: {} },
  ...[product, ...PERSONS].map((path) => ({ path, paths: [path], headers: { cookie } })),
].filter(({ path }) => asked === undefined || asked.includes(path))

pinTo(chain.pid, 0)
pinTo(process.pid, 1)
const rounds = new Map(pages.map((page) => [page, [] as Round[]]))
for (const page of pages) await pagesAt(chain.url, { ...page, paths: pathsOf(page), callers: 16, seconds: 2 }) // compiled code, plans
for (let round = 0; round < ROUNDS; round += 1) {
  for (const page of pages) rounds.get(page)!.push(await roundOf(page)) // in turns, so that a noisy minute is everybody's
}
for (const [{ path, headers }, all] of rounds) {
  const mid = (of: (round: Round) => number, digits = 1) => Number(median(all.map(of)).toFixed(digits))
  const figures = (of: (round: Round) => Figures) => ({
    p50: mid((r) => of(r).p50),
    p99: mid((r) => of(r).p99),
    perSecond: mid((r) => of(r).perSecond, 0),
  })
  const cpu = { serverMs: mid((r) => r.cpu.server, 2), postgresMs: mid((r) => r.cpu.postgres, 2) }
  const told = { path: "cookie" in headers ? `${path} (signed in)` : path, kib: mid((r) => r.alone.bytes / 1024) }
  console.log(
    JSON.stringify({ ...told, cpu, alone: figures((r) => r.alone), at16: figures((r) => r.at16), crowd: figures((r) => r.crowd) }),
  )
}
await chain.stop()

/** The addresses of all things, as search engines are told them. */
async function thingsOnSale(): Promise<string[]> {
  const addresses = async (path: string) =>
    [...(await (await fetch(chain.url + path)).text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address!).pathname)
  const maps = await addresses("/sitemap.xml")
  return (await Promise.all(maps.map(addresses))).flat().filter((path) => path.startsWith("/p/"))
}

/** What was asked once has been kept: those are asked that nobody has asked yet. */
function pathsOf({ path, paths }: Page): readonly string[] {
  if (path !== FIRST) return paths
  slices += 1
  return paths.slice(((slices - 1) * 1_000) % paths.length).slice(0, 1_000)
}

type Page = (typeof pages)[number]
type Round = { alone: Figures; at16: Figures; crowd: Figures; cpu: { server: number; postgres: number } }

/** CPU is told by the sixteen: alone, a page also pays for waking up. */
async function roundOf(page: Page): Promise<Round> {
  const alone = await pagesAt(chain.url, { ...page, paths: pathsOf(page), callers: 1, seconds: SECONDS })
  const [server, tree] = [cpuOf(chain.pid), cpuOfTree(chain.pid)]
  const at16 = await pagesAt(chain.url, { ...page, paths: pathsOf(page), callers: 16, seconds: SECONDS })
  const used = { server: cpuOf(chain.pid) - server, tree: cpuOfTree(chain.pid) - tree }
  const crowd = await pagesAt(chain.url, { ...page, paths: pathsOf(page), callers: CROWD, seconds: SECONDS })
  const each = (seconds: number) => (seconds * 1000) / at16.answers
  return { alone, at16, crowd, cpu: { server: each(used.server), postgres: each(used.tree - used.server) } }
}
