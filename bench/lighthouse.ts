// What Lighthouse says of the pages people meet first on a middling phone (its mobile profile): medians of several runs, as a table. It reports and refuses nothing.
// Lighthouse is fetched by npx when this runs, at this very version, so that nobody who only wants Mila has to install it. Chromium: CHROME_PATH.
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { demoChain } from "./demo-chain.ts"
import { median } from "./server.ts"

const LIGHTHOUSE = "lighthouse@13.5.0"
const RUNS = Number(process.env["BENCH_RUNS"] ?? 3)
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const
const TIMES = {
  "first-contentful-paint": "FCP, s",
  "largest-contentful-paint": "LCP, s",
  "total-blocking-time": "TBT, ms",
  "cumulative-layout-shift": "CLS",
  "speed-index": "SI, s",
} as const

const folder = process.env["BENCH_KEEP"] ?? mkdtempSync(join(tmpdir(), "mila-lighthouse-"))
const chain = await demoChain()
try {
  const cookie = await chain.signedIn("+375 29 000-00-01")
  const pages = process.env["BENCH_PAGES"]?.split(",") ?? (await usualPages())
  console.log(
    `| page | ${[...CATEGORIES, ...Object.values(TIMES)].join(" | ")} |\n|---|${"---|".repeat(CATEGORIES.length + Object.keys(TIMES).length)}`,
  )
  for (const path of pages) console.log(await row(path, cookie))
} finally {
  await chain.stop()
  if (!process.env["BENCH_KEEP"]) rmSync(folder, { recursive: true, force: true })
}

/** Those of the shop and of the account whose figures are asked for; a category and a thing as they stand first in the catalogue. */
async function usualPages(): Promise<string[]> {
  const found = async (path: string, href: RegExp) => href.exec(await (await fetch(chain.url + path)).text())![1]!
  const category = await found("/catalog", /href="(\/catalog\/[^"/]+)"/)
  const product = await found(category, /href="(\/p\/[^"/?]+)"/)
  return ["/", category, product, `/search?q=${encodeURIComponent("шампунь")}`, "/shops", "/sign-in", "/my", "/my/card", "/my/bonuses"]
}

async function row(path: string, cookie: string): Promise<string> {
  const runs: Report[] = []
  for (let run = 0; run < RUNS; run += 1) runs.push(await look(path, { cookie, run }))
  const scores = CATEGORIES.map((name) => Math.round(median(runs.map((one) => (one.categories[name].score ?? 0) * 100))))
  const times = Object.entries(TIMES).map(([name, unit]) => {
    const value = median(runs.map((one) => one.audits[name]?.numericValue ?? NaN))
    return (unit.endsWith(" s") ? value / 1000 : value).toFixed(unit.endsWith("ms") ? 0 : 2)
  })
  return `| ${decodeURIComponent(path)} | ${[...scores, ...times].join(" | ")} |`
}

type Report = {
  categories: Record<(typeof CATEGORIES)[number], { score: number | null }>
  audits: Record<string, { numericValue?: number } | undefined>
}

/** One run; a browser that stumbled over its own trace is asked again. */
async function look(path: string, { cookie, run, tries = 3 }: { cookie: string; run: number; tries?: number }): Promise<Report> {
  const file = join(folder, `${path.replaceAll(/[^\w-]+/g, "_")}.${run}.json`)
  const headers = path.startsWith("/my") ? [`--extra-headers=${JSON.stringify({ cookie })}`] : []
  // a demo asks search engines to stay away, as an account does; a chain's own shop does not
  const flags = [
    "--skip-audits=is-crawlable",
    `--only-categories=${CATEGORIES.join(",")}`,
    "--chrome-flags=--headless=new --no-sandbox",
    "--quiet",
    ...headers,
  ]
  const env = { CHROME_PATH: "/usr/bin/chromium", ...process.env }
  try {
    await promisify(execFile)("npx", ["--yes", LIGHTHOUSE, `${chain.url}${path}`, "--output=json", `--output-path=${file}`, ...flags], {
      env,
    })
    return JSON.parse(readFileSync(file, "utf8")) as Report
  } catch (error) {
    if (tries > 1) return look(path, { cookie, run, tries: tries - 1 })
    throw error
  }
}
