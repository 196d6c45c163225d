// Runs every test file, a workspace a process and two processes at a time, and ends with one line: N passed, N failed.
import { byLines } from "@mila/kernel/testing"
import { spawn } from "node:child_process"
import { chmodSync, globSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, sep } from "node:path"

const files = globSync("{kernel,db,modules/*,apps/*,journeys,bench,tools}/**/*.test.ts", { exclude: ["**/node_modules/**"] }).toSorted()
const asked = process.argv.slice(2)
const groups = new Map<string, string[]>()
for (const file of files) {
  if (asked.length > 0 && !asked.some((part) => file.startsWith(part))) continue
  const [first = "", second = ""] = dirname(file).split(sep)
  // a journey starts systems of its own: one file at a time in a process, or all of them start at once
  const group = first === "modules" || first === "apps" ? `${first}/${second}` : first === "journeys" ? file : first
  groups.set(group, [...(groups.get(group) ?? []), file])
}
if (groups.size === 0) {
  console.error("no test file was found: a run that tests nothing proves nothing")
  process.exit(1)
}

const SAME_CASES = new URL("../kernel/same-cases-testing.ts", import.meta.url).href
let passed = 0
let failed = 0
let skipped = 0
const waiting = [...groups]
const kept = process.env["JOURNEYS_DEMO"] // a folder that outlives the run, for who tries one journey again and again
const demoFolders = kept ?? mkdtempSync(join(tmpdir(), "mila-demo-")) // journeys share a demo chain that is made once
chmodSync(demoFolders, 0o755)
await Promise.all([worker(), worker()])
if (kept === undefined) rmSync(demoFolders, { recursive: true, force: true })
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`)
process.exit(failed === 0 ? 0 : 1)

async function worker(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) await run(...next)
}

function run(group: string, members: string[]): Promise<void> {
  return new Promise((done) => {
    const began = performance.now()
    // programs that start servers of their own are tested file by file, the rest share one process and one database server
    const words = ["--import", SAME_CASES, "--test", "--test-isolation=none", "--test-reporter=tap", "--test-timeout=600000"]
    const child = spawn(process.execPath, [...words, ...members], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, JOURNEYS_DEMO: demoFolders },
    })
    let out = ""
    for (const stream of [child.stdout, child.stderr]) byLines(stream, (lines) => (out += lines))
    child.once("close", (code) => {
      const count = (name: string) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(out)?.[1] ?? 0)
      const ended = { passed: count("pass"), failed: count("fail") + count("cancelled"), skipped: count("skipped") }
      ended.failed = Math.max(ended.failed, out.match(/^not ok /gm)?.length ?? 0) // a hook that fails is not in the runner's own count
      if (code !== 0 && ended.failed === 0) ended.failed = 1
      passed += ended.passed
      failed += ended.failed
      skipped += ended.skipped
      console.log(
        `${ended.failed > 0 ? "✖" : "✔"} ${group}: ${ended.passed} passed, ${ended.failed} failed, ${ended.skipped} skipped (${((performance.now() - began) / 1000).toFixed(1)} s)`,
      )
      if (ended.failed > 0) console.log(whatFailed(out))
      else for (const [line] of out.matchAll(/^ok .* # SKIP.*$/gm)) console.log(`  ${line}`)
      done()
    })
  })
}

/** What was wrong, test by test; all that was said where no test says it, or its beginning and end. */
function whatFailed(out: string): string {
  const faults = out.match(/^ *not ok [^]*?^ *\.\.\.$/gm) ?? []
  const said = faults.length > 0 ? faults.join("\n") : out
  return said.length > 40_000 ? `${said.slice(0, 20_000)}\n…\n${said.slice(-20_000)}` : said
}
