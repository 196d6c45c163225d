import { PRODUCTION } from "./production.ts"
import { createHash } from "node:crypto"
import { spawnSync } from "node:child_process"
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { brotliCompressSync, constants } from "node:zlib"

const HERE = import.meta.dirname
const STAMP = resolve(HERE, "build/stamp")
const SOURCES = ["{pages,design,pocket,public}/**/*", "*.config.ts", "build.ts", "package.json"]
const COMPRESSED = /\.(?:js|css|html|svg|json|wasm|webmanifest)$/

/** Builds the pages if anything they are made of changed since the last time. Errors: what the builder said. */
export async function buildPages({ say }: { say: (text: string) => void }): Promise<"built" | "fresh"> {
  const stamp = fingerprint()
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp) return "fresh"
  say("Building the pages · Собираем страницы")
  rmSync(resolve(HERE, "build"), { recursive: true, force: true })
  const bin = resolve(HERE, "../../node_modules/@react-router/dev/bin.cjs")
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "build"], {
    cwd: HERE,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: PRODUCTION },
  })
  if (status !== 0) throw new Error(`the pages do not build:\n${stdout}\n${stderr}`)
  const { buildPocket } = await import("./pocket/build-pocket.ts") // a bundler is read only when there is something to bundle
  await buildPocket()
  compress(resolve(HERE, "build/client"))
  mkdirSync(resolve(HERE, "build"), { recursive: true })
  writeFileSync(STAMP, stamp)
  return "built"
}

function fingerprint(): string {
  const hash = createHash("sha256").update(process.version)
  const files = globSync(SOURCES, { cwd: HERE, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).toSorted()) hash.update(file).update(readFileSync(file))
  return hash.digest("hex")
}

/** Text files lie beside their brotli twins, so that nothing is compressed while somebody waits. */
function compress(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !COMPRESSED.test(file)) continue
    const text = readFileSync(file)
    const quality = text.length > 400_000 ? 9 : 11 // a whole second for the large, for little
    writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }))
  }
}

if (import.meta.main) await buildPages({ say: console.log })
