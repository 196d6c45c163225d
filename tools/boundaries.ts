import { globSync, readFileSync } from "node:fs"
import { basename, dirname, relative, resolve, sep } from "node:path"

type Workspace = { dir: string; name: string; product: ReadonlySet<string>; tests: ReadonlySet<string> }

const IMPORT = /(?:from|import)\s*\(?\s*["']([^"']+)["']/g
const SCHEMA = /tablesOf<[^]*?>\(\s*["'](\w+)["']\s*\)|\b(?:from|join|into|update|references)\s+(\w+)\.\w+/gi
// the check of the whole database, the benchmarks and the journeys read other people's tables on purpose
const READS_EVERYTHING = /^(?:bench|journeys|db)\b/

/** Everything wrong with the imports and the tables under `root`, as `file: what is wrong`. */
export function violations(root: string): string[] {
  const workspaces = findWorkspaces(root)
  const schemas = new Set(workspaces.filter(({ dir }) => dir.startsWith("modules")).map(({ dir }) => last(dir)))
  const found = [...graphFaults(workspaces), ...migrationFaults(root, schemas)]
  let read = 0
  for (const here of workspaces) {
    for (const file of globSync(`${here.dir}/**/*.{ts,tsx}`, { cwd: root, exclude: ["**/node_modules/**", "**/build/**"] })) {
      read += 1
      found.push(...fileFaults(file, readFileSync(resolve(root, file), "utf8"), here, { root, schemas }))
    }
  }
  if (read === 0) found.push("nothing was read: a check that sees no file proves nothing")
  return found
}

function fileFaults(
  file: string,
  text: string,
  here: Workspace,
  { root, schemas }: { root: string; schemas: ReadonlySet<string> },
): string[] {
  const found: string[] = []
  const isTest = /\.test\.ts$|testing\.ts$/.test(file) || /^(?:journeys|bench)\b/.test(here.dir)
  for (const [, specifier = ""] of text.matchAll(IMPORT)) {
    if (specifier.startsWith(".")) {
      const target = relative(resolve(root, here.dir), resolve(root, dirname(file), specifier))
      if (target.startsWith("..")) found.push(`${file}: reaches out of its folder to ${specifier}`)
    } else if (specifier.startsWith("@mila/")) {
      const name = specifier.split("/").slice(0, 2).join("/")
      const listed = here.product.has(name) || (isTest && here.tests.has(name))
      if (name !== here.name && !listed) found.push(`${file}: imports ${name}, which its package.json does not list`)
      if (specifier.endsWith("/testing") && !isTest) found.push(`${file}: test helpers in product code`)
    }
  }
  if (READS_EVERYTHING.test(here.dir) || isTest) return found
  for (const [, opened, written] of text.matchAll(SCHEMA)) {
    const schema = opened ?? written ?? ""
    if (schemas.has(schema) && schema !== last(here.dir)) found.push(`${file}: touches tables of ${schema}`)
  }
  return found
}

function findWorkspaces(root: string): Workspace[] {
  return globSync("{kernel,db,modules/*,apps/*,journeys,bench}/package.json", { cwd: root }).map((file) => {
    const { name, dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(resolve(root, file), "utf8"))
    return { dir: dirname(file), name, product: new Set(Object.keys(dependencies)), tests: new Set(Object.keys(devDependencies)) }
  })
}

function graphFaults(workspaces: Workspace[]): string[] {
  const found = new Set<string>()
  const neighbours = new Map(workspaces.map(({ name, product }) => [name, product]))
  const doors = new Set(workspaces.filter(({ dir }) => /^apps/.test(dir)).map(({ name }) => name))
  const starters = new Set(workspaces.filter(({ dir }) => /^apps.mila$|^journeys|^bench/.test(dir)).map(({ name }) => name))
  const walk = (name: string, path: string[]): void => {
    if (path.includes(name)) return void found.add(`cycle: ${[...path.slice(path.indexOf(name)), name].join(" -> ")}`)
    for (const next of neighbours.get(name) ?? []) {
      if (doors.has(next) && !starters.has(name)) found.add(`${name}: nobody imports a door (${next})`)
      walk(next, [...path, name])
    }
  }
  for (const { name } of workspaces) walk(name, [])
  return [...found]
}

/** A migration belongs to one module and changes nobody else's tables. */
function migrationFaults(root: string, schemas: ReadonlySet<string>): string[] {
  const found: string[] = []
  const numbers = new Set<string>()
  for (const file of globSync("db/{migrations,repeatable}/*.sql", { cwd: root })) {
    const [, number, own = ""] = /^(?:(\d{4})_)?([a-z]+)/.exec(basename(file)) ?? []
    if (number && numbers.has(number)) found.push(`${file}: the number ${number} is taken`)
    if (number) numbers.add(number)
    const text = readFileSync(resolve(root, file), "utf8")
    for (const [, schema = ""] of text.matchAll(/\b(?:from|join|into|update|references|table|on)\s+(?:if not exists\s+)?(\w+)\.\w+/gi)) {
      if (schemas.has(schema) && schema !== own) found.push(`${file}: touches tables of ${schema}`)
    }
  }
  return found
}

const last = (dir: string): string => dir.split(sep).at(-1) ?? dir

if (import.meta.main) {
  const found = violations(process.cwd())
  for (const line of found) console.error(line)
  process.exitCode = found.length > 0 ? 1 : 0
}
