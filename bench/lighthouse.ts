// What Lighthouse says of the account on a middling phone (its mobile profile), page by page: medians of several runs. It reports and refuses nothing.
// Lighthouse is fetched by npx when this runs, at this very version, so that nobody who only wants Mila has to install it. Chromium: CHROME_PATH.
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { demoChain } from "./demo-chain.ts"
import { median } from "./server.ts"

const LIGHTHOUSE = "lighthouse@13.5.0"
const RUNS = Number(process.env["BENCH_RUNS"] ?? 5)
const PAGES = process.env["BENCH_PAGES"]?.split(",") ?? ["/sign-in", "/my", "/my/card", "/my/bonuses"]
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const
const TIMES = [
  "first-contentful-paint",
  "largest-contentful-paint",
  "total-blocking-time",
  "cumulative-layout-shift",
  "speed-index",
] as const

const folder = process.env["BENCH_KEEP"] ?? mkdtempSync(join(tmpdir(), "mila-lighthouse-"))
const chain = await demoChain()
try {
  const cookie = await chain.signedIn("+375 29 000-00-01")
  for (const path of PAGES) await report(path, cookie)
} finally {
  await chain.stop()
  if (!process.env["BENCH_KEEP"]) rmSync(folder, { recursive: true, force: true })
}

async function report(path: string, cookie: string): Promise<void> {
  const runs: Report[] = []
  for (let run = 0; run < RUNS; run += 1) runs.push(await look(path, { cookie, run }))
  const scores = Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round(median(runs.map((one) => one.categories[name].score * 100)))]),
  )
  const times = Object.fromEntries(TIMES.map((name) => [name, Number(median(runs.map((one) => one.audits[name].numericValue)).toFixed(2))]))
  console.log(JSON.stringify({ path, runs: RUNS, ...scores, ...times }))
}

type Report = {
  categories: Record<(typeof CATEGORIES)[number], { score: number }>
  audits: Record<(typeof TIMES)[number], { numericValue: number }>
}

/** One run; a browser that stumbled over its own trace is asked again. */
async function look(path: string, { cookie, run, tries = 3 }: { cookie: string; run: number; tries?: number }): Promise<Report> {
  const file = join(folder, `${path.replaceAll("/", "_")}.${run}.json`)
  const headers = path.startsWith("/my") ? [`--extra-headers=${JSON.stringify({ cookie })}`] : []
  const flags = [`--only-categories=${CATEGORIES.join(",")}`, "--chrome-flags=--headless=new --no-sandbox", "--quiet", ...headers]
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
