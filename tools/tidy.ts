import { globSync, readFileSync } from "node:fs"
import { basename, dirname, resolve } from "node:path"
import { ratchet } from "./ratchet.ts"
import { codeOf } from "./source.ts"

const SOURCES = "{kernel,db,modules,apps,journeys,bench,tools}/**/*.ts"
const MOST_LINES = { file: 250, function: 50 }

/** Words that mean something else here, with the word to use (GLOSSARY.md). Whoever needs one in its other meaning stands in `but`. */
const BANNED: { word: RegExp; use: string; but?: RegExp }[] = [
  { word: /^(?:bonus|bonuses|coins?)$/, use: "points" },
  { word: /^(?:burn|burns|burned|burnt)$/, use: "redeem", but: /code|enrol|identify|authorise/ }, // a one-time code is burnt
  { word: /^(?:user|users)$/, use: "member, or clerk", but: /^bench\/|passkeys?\b|scan\/look|push-here|apple-phone|lead-on|pocket\/sw/ }, // the time a process spends as itself; WebAuthn's, the camera's, notifications' and browsers' own names
  { word: /^(?:customer|customers)$/, use: "member", but: /^bench\// },
]
const EMPTY_VERB = /^(?:process|handle|manage|perform)[A-Z]|^(?:getData|doIt)$/
const EMPTY_FILE_NAME = /^(?:utils?|common|helpers?|types|misc|shared|base)\.ts$|(?:Impl|Service|Manager|Helper)\.ts$/

/** Where the clock may be read, and where an amount of something else than points or money is rounded to the nearest. */
const MAY_READ_CLOCK = /^(?:apps|bench|journeys|tools)\/|^kernel\/clock\.ts$|\.test\.ts$|testing\.ts$/
const MAY_ROUND =
  /-rules\.ts$|^kernel\/quantities\.ts$|^(?:bench|journeys)\/|\.test\.ts$|^apps\/mila\/demo\/make-shops\.ts$|^apps\/till-simulator\//

type Rule = (file: string, text: string) => string[]

/** Everything untidy under `root`, as `file:line: what is wrong`. */
export function untidiness(root: string): string[] {
  const files = globSync(SOURCES, { cwd: root, exclude: ["**/node_modules/**", "tools/tidy*"] }).toSorted()
  const found = files.flatMap((file) => {
    const text = readFileSync(resolve(root, file), "utf8")
    return RULES.flatMap((rule) => rule(file, text))
  })
  found.push(...migrationFaults(root), ...readmeFaults(root), ...faceFaults(root), ...placeFaults(root))
  if (files.length === 0) found.push("nothing was read: a check that sees no file proves nothing")
  return found
}

const names: Rule = (file, text) => {
  const found: string[] = []
  if (EMPTY_FILE_NAME.test(basename(file))) found.push(`${file}:1: a file is named for what it holds, not ${basename(file)}`)
  eachLine(codeOf(text), (line, number) => {
    for (const [name] of line.matchAll(/[A-Za-z_$][\w$]*/g)) {
      for (const word of wordsOf(name)) {
        const banned = BANNED.find((row) => row.word.test(word) && !row.but?.test(file))
        if (banned) found.push(`${file}:${number}: ${name}: say ${banned.use}`)
      }
    }
    const [, declared = ""] = /\b(?:function|const)\s+([A-Za-z_$][\w$]*)/.exec(line) ?? []
    if (EMPTY_VERB.test(declared)) found.push(`${file}:${number}: ${declared}: an act says what it does`)
  })
  return found
}

const habits: Rule = (file, text) => {
  const found: string[] = []
  const code = codeOf(text)
  eachLine(code, (line, number) => {
    if (!MAY_READ_CLOCK.test(file) && /\bnew Date\(\)|\bDate\.now\(\)/.test(line))
      found.push(`${file}:${number}: only apps read the clock; take \`at\``)
    if (!MAY_ROUND.test(file) && /\bMath\.round\(/.test(line)) found.push(`${file}:${number}: rounding is a rule and says which way`)
  })
  eachLine(text, (line, number) => {
    if (/\b(?:TODO|FIXME|XXX)\b(?!\(\d{4}\))/.test(line)) found.push(`${file}:${number}: work put off names its decision: TODO(0007)`)
  })
  return found
}

const sizes: Rule = (file, text) => {
  const lines = text.split("\n").length - 1
  const found =
    lines > (ratchet.files[file] ?? MOST_LINES.file) ? [`${file}:1: ${lines} lines; a file is a sitting of ${MOST_LINES.file}`] : []
  if (/\.test\.ts$/.test(file)) return found
  for (const { name, at, long } of functionsOf(text)) {
    if (long > (ratchet.functions[`${file} ${name}`] ?? MOST_LINES.function)) {
      found.push(`${file}:${at}: ${name} has ${long} lines; a function fits a screen of ${MOST_LINES.function}`)
    }
  }
  return found
}

const RULES: readonly Rule[] = [names, habits, sizes]

/** Functions with a body of their own, by the formatter's indentation: a function ends at the brace that stands where it began. */
function functionsOf(text: string): { name: string; at: number; long: number }[] {
  const lines = text.split("\n")
  return lines.flatMap((line, at) => {
    const [, indent, name] = /^(\s*)(?:export )?(?:default )?(?:async )?(?:function\*? |const )(\w+)/.exec(line) ?? []
    if (indent === undefined || name === undefined) return []
    if (/\bconst\b/.test(line) && !line.endsWith("=> {")) return []
    const end = lines.findIndex((other, place) => place > at && new RegExp(`^${indent}[})\\]]+[;,]?$`).test(other))
    return end < 0 ? [] : [{ name, at: at + 1, long: end - at + 1 }]
  })
}

/** A migration says its number and why in its name, and why at length in its first line. */
function migrationFaults(root: string): string[] {
  return globSync("db/{migrations,repeatable}/*.sql", { cwd: root }).flatMap((file) => {
    const found: string[] = []
    const named = file.includes("repeatable") ? /^[a-z]+\.sql$/ : /^\d{4}_[a-z0-9_]+\.sql$/
    if (!named.test(basename(file))) found.push(`${file}:1: a migration is named 0007_why.sql`)
    if (!readFileSync(resolve(root, file), "utf8").startsWith("-- ")) found.push(`${file}:1: a migration opens with why`)
    return found
  })
}

function readmeFaults(root: string): string[] {
  const folders = globSync("{modules,apps}/*/package.json", { cwd: root }).map(dirname)
  const there = new Set(globSync("{modules,apps}/*/README.md", { cwd: root }).map(dirname))
  return folders.filter((folder) => !there.has(folder)).map((folder) => `${folder}:1: a README of one page says what it is for`)
}

/** What a face shows of functions and classes promises something, in a comment where it is declared. */
function faceFaults(root: string): string[] {
  return globSync("modules/*/index.ts", { cwd: root }).flatMap((face) => {
    const shown = [...readFileSync(resolve(root, face), "utf8").matchAll(/export \{([^}]*)\} from "(\.\/[^"]+)"/g)]
    return shown.flatMap(([, list = "", from = ""]) => {
      const file = `${dirname(face)}/${from.slice(2)}`
      const lines = readFileSync(resolve(root, file), "utf8").split("\n")
      const exported = list.split(",").map((name) => name.trim().replace(/ as .*/, ""))
      return exported.flatMap((name) => {
        const at = lines.findIndex((line) => new RegExp(`^export (?:async )?(?:function|class) ${name}\\b`).test(line))
        return at > 0 && !lines[at - 1]!.endsWith("*/") ? [`${file}:${at + 1}: ${name} is shown and promises nothing`] : []
      })
    })
  })
}

/** Nothing committed knows the machine it was made on, nor a registry of somebody's own. */
function placeFaults(root: string): string[] {
  const found: string[] = []
  for (const file of globSync(["package-lock.json", "*.md", "docs/**/*.md", ".ci/*", SOURCES], {
    cwd: root,
    exclude: ["**/node_modules/**", "tools/tidy*"],
  })) {
    eachLine(readFileSync(resolve(root, file), "utf8"), (line, number) => {
      const [, host] = /"resolved": "https?:\/\/([^/"]+)/.exec(line) ?? []
      if (host && host !== "registry.npmjs.org") found.push(`${file}:${number}: ${host} is not the npm registry`)
      if (/["'`(\s](?:\/home\/|\/root\/|\/work\/|\/Users\/)\w/.test(line)) found.push(`${file}:${number}: a path of one machine`)
    })
  }
  return found
}

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[\s_$]+/)

function eachLine(text: string, look: (line: string, number: number) => void): void {
  text.split("\n").forEach((line, place) => look(line, place + 1))
}

if (import.meta.main) {
  const found = untidiness(process.cwd())
  for (const line of found) console.error(line)
  process.exitCode = found.length > 0 ? 1 : 0
}
