import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

export type HeldLock = { release(): void }

/**
 * Takes the lock file `path` for this process, or answers the id of the living process that holds it. A file left by a dead process
 * (kill -9, power cut) or by one whose id was given to another since is taken over.
 */
export function takeLock(path: string): HeldLock | { heldBy: number } {
  mkdirSync(dirname(path), { recursive: true })
  for (;;) {
    try {
      writeFileSync(path, `${process.pid}\n${beginningOf(process.pid)}\n`, { flag: "wx", mode: 0o644 })
      return { release: () => rmSync(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
    }
    const holder = holderOf(path)
    if (holder !== undefined && holder !== process.pid) return { heldBy: holder }
    rmSync(path, { force: true })
  }
}

/** The living process that holds the lock file, or undefined. */
export function holderOf(path: string): number | undefined {
  if (!existsSync(path)) return undefined
  const [first, beginning = ""] = readFileSync(path, "utf8").split("\n")
  const pid = Number(first)
  if (!(pid > 1)) return undefined
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined
  }
  return beginningOf(pid) === beginning ? pid : undefined
}

/** When a process began, in the kernel's ticks: with its id it names the process for ever. Elsewhere than on Linux the id must do. */
function beginningOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return fields[0] === "Z" ? "dead" : (fields[19] ?? "")
  } catch {
    return ""
  }
}
