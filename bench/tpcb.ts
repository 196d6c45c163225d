import { spawnSync } from "node:child_process"
import type { BenchServer } from "./server.ts"

/** pgbench's TPC-B-like script at scale 100 is the reference: the same server, the same concurrency, prepared statements. */
export function prepareTpcB(server: BenchServer, scale = 100): void {
  pgbench(server, ["-i", "-q", "-s", String(scale)])
}

/** Transactions per second of TPC-B at `clients` over `seconds`. */
export function tpcB(server: BenchServer, { clients, seconds }: { clients: number; seconds: number }): number {
  const out = pgbench(server, ["-M", "prepared", "-c", String(clients), "-j", "2", "-T", String(seconds), "-n"])
  return Number(/tps = ([\d.]+) \(without/.exec(out)?.[1])
}

function pgbench(server: BenchServer, args: string[]): string {
  const run = spawnSync("pgbench", ["-h", server.socket, "-U", "postgres", ...args, "postgres"], { encoding: "utf8" })
  if (run.status !== 0) throw new Error(`pgbench (Debian package postgresql-contrib) failed: ${run.stderr || run.error?.message}`)
  return run.stdout + run.stderr
}
