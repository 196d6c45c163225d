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
    await make(made).catch((failed: unknown) => {
      writeFileSync(join(place, "failed"), String(failed))
      throw failed
    })
    writeFileSync(join(place, "ready"), "")
  }
  const stands = (name: string) => existsSync(join(place, name))
  for (let tries = 0; tries < 2_000 && !stands("ready") && !stands("failed"); tries += 1) await wait(100)
  if (!stands("ready")) throw new Error(`no demo chain was made in ${place}`)
  execFileSync("cp", ["-a", "--reflink=auto", `${made}/.`, folder])
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
