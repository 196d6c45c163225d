import { APP_ROLE, migrate, startEmbedded } from "@mila/db"
import { connect, type Db, secretsFrom } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"

export type BenchServer = {
  url: string
  socket: string
  db: Db
  owner: pg.Pool
  /** base64, for a program of ours on this server */
  secret: string
  dir: string
  pid: number
  /** brings another database of it to the schema */
  migrate(url: string): Promise<unknown>
  stop(): Promise<void>
}

/** A durable embedded PostgreSQL of its own (fsync on, the product's settings), migrated, in a folder that is removed afterwards. */
export async function benchServer(): Promise<BenchServer> {
  const dir = join(process.env["BENCH_DIR"] ?? tmpdir(), `mila-bench-${process.pid}`)
  const server = await startEmbedded({ dir })
  await migrate(server.url)
  const socket = new URL(server.url).searchParams.get("host")!
  const secret = randomBytes(32)
  const db = connect({ url: server.url, name: "bench", secrets: secretsFrom(secret), max: 8, role: APP_ROLE })
  const owner = new pg.Pool({ connectionString: server.url, max: 2 })
  return {
    ...{ url: server.url, socket, db, owner, dir, pid: server.pid, migrate, secret: secret.toString("base64") },
    async stop() {
      await Promise.all([db.close(), owner.end()])
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN

export function quantile(numbers: readonly number[], q: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN
}
