import type { Socket } from "node:net"
import type pg from "pg"
import { assert } from "./assert.ts"
import { type Db, onConnection, sealed, type Tx } from "./db.ts"

/**
 * Runs `work`, which only reads, on one connection and without a transaction: read committed shows every statement its own moment either way, and two statements
 * and a way to the server and back are saved. Errors: whatever `work` throws; DatabaseAway. What writes or locks is a bug, and is not sent.
 */
export function reading<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return onConnection(db, async (client) => {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
    stream.cork() // what is asked before the first answer leaves together
    try {
      return work(sealed(readerOn(client), db.secrets))
    } finally {
      stream.uncork()
    }
  })
}

const READERS = new WeakMap<pg.ClientBase, pg.ClientBase>()
const READS = new Map<string, boolean>() // texts are few: they stand in the code

/** The same connection for what only reads. */
function readerOn(client: pg.ClientBase): pg.ClientBase {
  let reader = READERS.get(client)
  if (reader) return reader
  const query = (asked: string | { text: string }, ...more: unknown[]): unknown => {
    const text = typeof asked === "string" ? asked : asked.text
    let reads = READS.get(text)
    if (reads === undefined) READS.set(text, (reads = onlyReads(text)))
    assert(reads, `what only reads asks: ${text}`)
    return (client.query as (...asked: unknown[]) => unknown).call(client, asked, ...more)
  }
  READERS.set(client, (reader = { query } as unknown as pg.ClientBase))
  return reader
}

const onlyReads = (text: string): boolean =>
  /^\s*(?:select|with)\b/i.test(text) &&
  !/\b(?:insert\s+into|update\s+[\w."]+(?:\s+(?:as\s+)?\w+)?\s+set|delete\s+from|merge\s+into|for\s+(?:no\s+key\s+|key\s+)?(?:update|share)|nextval|setval|set_config|pg_\w*advisory\w*)\b/i.test(
    text,
  )
