import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"

/** CPU seconds a process has used, with those of its threads; 0 when it is gone. Linux alone tells (proc(5)). */
export function cpuOf(pid: number): number {
  return fieldsOf(pid)?.cpuSeconds ?? 0
}

/** CPU seconds of a server and all its children that live. */
export function cpuOfFamily(pid: number): number {
  const family = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [fieldsOf(Number(name))] : []))
  return family.reduce((sum, process) => sum + (process && (process.pid === pid || process.parent === pid) ? process.cpuSeconds : 0), 0)
}

/** CPU seconds of a program and of everything it started that lives, however deep. */
export function cpuOfTree(pid: number): number {
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (fieldsOf(Number(name)) ?? []) : []))
  const under = (parent: number): number =>
    all.reduce((sum, process) => sum + (process.parent === parent ? process.cpuSeconds + under(process.pid) : 0), 0)
  return cpuOf(pid) + under(pid)
}

/** Keeps a process with all its threads on one core; the processes it has started stay where they were. */
export function pinTo(pid: number, core: number): void {
  const { status } = spawnSync("taskset", ["-apc", String(core), String(pid)], { stdio: "ignore" })
  if (status !== 0) throw new Error("taskset (util-linux) keeps a server on one core, and it is not there")
}

function fieldsOf(pid: number): { pid: number; parent: number; cpuSeconds: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")
    return { pid, parent: Number(fields[1]), cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100 }
  } catch {
    return undefined
  }
}
