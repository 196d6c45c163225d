import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"

/**
 * Puts a demo chain that was made once in a run of tests into `folder`: making its year takes half a minute, copying it a second.
 * `make` fills a folder and ends; the first who needs it does, others wait. Without a place for it (`JOURNEYS_DEMO`, given by tools/test.ts) nothing is copied.
 */
export async function copyDemo(folder: string, make: (folder: string) => Promise<void>): Promise<void> {
  const place = process.env["JOURNEYS_DEMO"]
  if (place === undefined) return
  const made = join(place, "made")
  if (isFirst(join(place, "making"))) {
    mkdirSync(made, { mode: 0o755 })
    await make(made)
    writeFileSync(join(place, "ready"), "")
  }
  for (let tries = 0; tries < 2_000 && !existsSync(join(place, "ready")); tries += 1) await wait(100)
  if (existsSync(join(place, "ready"))) execFileSync("cp", ["-a", "--reflink=auto", `${made}/.`, folder])
}

/** A folder is made by one of those who want to. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}
