// Lies a little in a copy of the ledger and of the rules, one lie at a time, and looks which test notices: npm run mutation [ledger|rules …].
// Reports and judges nothing. MUTATION_MOST mutants of a target (0: all), chosen by MUTATION_SEED.
import { execFileSync, spawnSync } from "node:child_process"
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Mutant, mutantsOf, mutated, sampleOf } from "./mutants.ts"

const MOST = Number(process.env["MUTATION_MOST"] ?? 0)
const SEED = Number(process.env["MUTATION_SEED"] ?? 1)
const LONGEST_MS = 120_000

/** What is lied in, and the tests that should notice, the quick ones first. */
const TARGETS: Record<string, { files: string; tests: readonly string[] }> = {
  ledger: { files: "db/repeatable/ledger.sql", tests: ["modules/ledger/{ledger,life,proof}.test.ts", "modules/ledger/model.test.ts"] },
  rules: {
    files: "{modules/loyalty/*-rules.ts,kernel/quantities.ts}",
    tests: ["{modules/loyalty/*-rules.test.ts,modules/loyalty/explain.test.ts,kernel/quantities.test.ts}", "modules/loyalty/*.test.ts"],
  },
}

type Fate = "killed" | "survived" | "invalid"

const asked = process.argv.slice(2)
const copy = mkdtempSync(join(tmpdir(), "mila-mutation-"))
process.once("exit", () => rmSync(copy, { recursive: true, force: true }))
execFileSync("git", ["clone", "--quiet", process.cwd(), copy])
execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: copy, stdio: "ignore" })

for (const [name, target] of Object.entries(TARGETS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const files = globSync(target.files, { cwd: copy, exclude: ["**/*.test.ts"] }).toSorted()
  const all = files.flatMap((file) => mutantsOf(file, readFileSync(join(copy, file), "utf8")))
  const chosen = MOST > 0 ? sampleOf(all, { most: MOST, seed: SEED }) : all
  const fates = chosen.map((mutant): [Mutant, Fate] => [mutant, fateOf(mutant, target.tests)])
  report(name, { all: all.length, fates })
}

function fateOf(mutant: Mutant, tests: readonly string[]): Fate {
  const file = join(copy, mutant.file)
  const text = readFileSync(file, "utf8")
  writeFileSync(file, mutated(text, mutant))
  try {
    for (const pattern of tests) {
      const fate = tried(globSync(pattern, { cwd: copy }))
      if (fate !== "survived") return fate
    }
    console.error(`survived  ${spelt(mutant)}`)
    return "survived"
  } finally {
    writeFileSync(file, text)
  }
}

/** A lie that does not even load proves nothing about the tests. */
function tried(files: readonly string[]): Fate {
  const run = spawnSync(process.execPath, ["--test", "--test-isolation=none", "--test-timeout=60000", ...files], {
    ...{ cwd: copy, encoding: "utf8", timeout: LONGEST_MS, killSignal: "SIGKILL" },
  })
  if (run.status === 0) return "survived"
  return /SyntaxError|repeatable\/\w+\.sql:|syntax error at or near/.test(run.stdout + run.stderr) ? "invalid" : "killed"
}

function spelt({ file, line, within, was, becomes }: Mutant): string {
  return `${file}:${line} ${within}: «${was.trim()}» → «${becomes.trim()}»`
}

function report(name: string, { all, fates }: { all: number; fates: readonly [Mutant, Fate][] }): void {
  const count = (fate: Fate, of = fates) => of.filter(([, became]) => became === fate).length
  const valid = fates.length - count("invalid")
  console.log(`\n## ${name}: ${count("killed")} of ${valid} killed (${((100 * count("killed")) / valid).toFixed(0)} %)\n`)
  console.log(`${all} mutants in all, ${fates.length} tried (seed ${SEED}), ${count("invalid")} did not load.\n`)
  console.log("| Where | Tried | Killed | Survived |\n|---|---|---|---|")
  const places = Map.groupBy(fates, ([{ file, within }]) => (file.endsWith(".sql") ? within : file))
  for (const [place, of] of places)
    console.log(`| ${place} | ${of.length - count("invalid", of)} | ${count("killed", of)} | ${count("survived", of)} |`)
  console.log("")
  for (const [mutant, fate] of fates) if (fate === "survived") console.log(`- ${spelt(mutant)}`)
}
