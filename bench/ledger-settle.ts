// Receipts settled per second into the ledger, in process, against pgbench TPC-B on the same server in the same rounds.
import { LedgerReceipts, settledFor } from "./ledger-receipts.ts"
import { type Load, loadOf } from "./load.ts"
import { benchServer, median } from "./server.ts"
import { prepareTpcB, tpcB } from "./tpcb.ts"

const MEMBERS = 1_000_000
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3)
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 4)
const MOST_CLIENTS = 90 // the server takes a hundred connections

const server = await benchServer()
await server.owner.query("insert into ledger.purse (member_id) select generate_series(1, $1)", [MEMBERS])
await server.owner.query("vacuum analyze ledger.purse")
prepareTpcB(server)
await server.owner.query("checkpoint")

const receipts = new LedgerReceipts()
const lane = receipts.laneOf(server.db)
const next = () => receipts.one(1 + Math.floor(Math.random() * MEMBERS))

async function settle(callers: number): Promise<Load> {
  const began = performance.now()
  return loadOf(await settledFor(SECONDS, { callers, lane, next }), began)
}

await settle(64) // plans and caches are warm for both
tpcB(server, { clients: 16, seconds: 2 })
for (const callers of [64, 256]) {
  const rounds: (Load & { reference: number })[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const reference = tpcB(server, { clients: Math.min(callers, MOST_CLIENTS), seconds: SECONDS })
    rounds.push({ reference, ...(await settle(callers)) })
    console.error(callers, rounds.at(-1))
  }
  const middle = (of: (round: (typeof rounds)[number]) => number, digits = 0) => Number(median(rounds.map(of)).toFixed(digits))
  console.log(
    JSON.stringify({
      ...{ measure: "ledger-settle", callers, perSecond: middle((r) => r.perSecond), tpcB: middle((r) => r.reference) },
      ...{ times: middle((r) => r.perSecond / r.reference, 2), p50: middle((r) => r.p50, 1), p99: middle((r) => r.p99, 1) },
    }),
  )
}
const { rows } = await server.owner.query(
  `select sum(pg_total_relation_size(c.oid)) bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'ledger' and c.relkind in ('r') and relname ~ '^(transaction|posting_|lot$)'`,
)
console.log(JSON.stringify({ measure: "ledger-bytes", perReceipt: Math.round(rows[0].bytes / receipts.made) }))
await server.stop()
