// Receipts settled per second into the ledger, in process, against pgbench TPC-B on the same server in the same rounds.
import { addDays, dayIn, gatherer, inTransaction, MINSK, points } from "@mila/kernel"
import { post, type PostingOutcome, type PostingRequest } from "@mila/ledger"
import { benchServer, median, quantile } from "./server.ts"
import { prepareTpcB, tpcB } from "./tpcb.ts"

const MEMBERS = 1_000_000
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3)
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 4)

const server = await benchServer()
await server.owner.query("insert into ledger.purse (member_id) select generate_series(1, $1)", [MEMBERS])
await server.owner.query("vacuum analyze ledger.purse")
prepareTpcB(server)
await server.owner.query("checkpoint")

const at = new Date()
const today = dayIn(MINSK, at)
let receipt = 0

/** Three entries (lines) a receipt, two of them in a pending lot of fourteen days and one in a lot of a day. */
function aReceipt(): PostingRequest {
  receipt += 1
  const sealed = { activatesOn: addDays(today, 14), expiresOn: addDays(today, 194) }
  const opened = { activatesOn: addDays(today, 1), expiresOn: addDays(today, 181) }
  return {
    ...{ reference: `receipt:${receipt}/settled`, memberId: 1 + Math.floor(Math.random() * MEMBERS), kind: "receipt", occurredAt: at },
    earn: [
      { line: 1, points: points(12), ...sealed },
      { line: 2, points: points(7), ...sealed },
      { line: 3, points: points(25), ...opened },
    ],
    ...{ redeem: points(0), holdId: null, shortage: "refuse" },
  }
}

async function settle(concurrency: number): Promise<{ perSecond: number; p50: number; p99: number }> {
  const lane = gatherer<PostingRequest, PostingOutcome>({
    settle: (requests) => inTransaction(server.db, (tx) => post(tx, requests, { at })),
    keysOf: ({ memberId }) => [memberId],
  })
  const millis: number[] = []
  const ends = performance.now() + SECONDS * 1000
  const caller = async () => {
    while (performance.now() < ends) {
      const began = performance.now()
      const { status } = await lane.submit(aReceipt())
      if (status !== "posted") throw new Error(status)
      millis.push(performance.now() - began)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: concurrency }, caller))
  return { perSecond: (millis.length / (performance.now() - began)) * 1000, p50: quantile(millis, 0.5), p99: quantile(millis, 0.99) }
}

await settle(64) // plans and caches are warm for both
tpcB(server, { clients: 16, seconds: 2 })
for (const concurrency of [64, 256]) {
  const rounds: { reference: number; perSecond: number; p50: number; p99: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const reference = tpcB(server, { clients: Math.min(concurrency, 90), seconds: SECONDS })
    const ours = await settle(concurrency)
    rounds.push({ reference, ...ours })
    console.error(concurrency, rounds.at(-1))
  }
  const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of))
  console.log(
    JSON.stringify({
      ...{
        measure: "ledger-settle",
        concurrency,
        perSecond: Math.round(middle((r) => r.perSecond)),
        tpcB: Math.round(middle((r) => r.reference)),
      },
      ...{ times: Number(middle((r) => r.perSecond / r.reference).toFixed(2)), p50: middle((r) => r.p50), p99: middle((r) => r.p99) },
    }),
  )
}
const { rows } = await server.owner.query(
  `select sum(pg_total_relation_size(c.oid)) bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'ledger' and c.relkind in ('r') and relname ~ '^(transaction|posting_|lot$)'`,
)
console.log(JSON.stringify({ measure: "ledger-bytes", perReceipt: Math.round(rows[0].bytes / receipt) }))
await server.stop()
