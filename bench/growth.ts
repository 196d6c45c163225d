// Balance read, history page and settled receipts while the journal grows from nothing to ten million postings: the slowest beside the fastest.
import { addDays, dayIn, gatherer, inTransaction, MINSK, points } from "@mila/kernel"
import { balancesOf, post, type PostingOutcome, type PostingRequest, statementOf } from "@mila/ledger"
import { benchServer, median } from "./server.ts"

const MEMBERS = 1_000_000
const OBSERVED = 1_000 // whose history is read: it is the same at every size
const RECEIPTS_EACH = 20
const SIZES = (process.env["BENCH_SIZES"] ?? "0,1000000,10000000").split(",").map(Number)
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3)
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 4)
const READS = 2_000

const server = await benchServer()
await server.owner.query("insert into ledger.purse (member_id) select generate_series(1, $1)", [MEMBERS])
const at = new Date()
const today = dayIn(MINSK, at)
let receipt = 0
let filled = 0

function aReceipt(memberId: number): PostingRequest {
  receipt += 1
  const sealed = { activatesOn: addDays(today, 14), expiresOn: addDays(today, 194) }
  const opened = { activatesOn: addDays(today, 1), expiresOn: addDays(today, 181) }
  return {
    ...{ reference: `receipt:${receipt}/settled`, memberId, kind: "receipt", occurredAt: at },
    earn: [
      { line: 1, points: points(12), ...sealed },
      { line: 2, points: points(7), ...sealed },
      { line: 3, points: points(25), ...opened },
    ],
    ...{ redeem: points(0), holdId: null, shortage: "refuse" },
  }
}

const settle = (requests: PostingRequest[]) => inTransaction(server.db, (tx) => post(tx, requests, { at }))
const anybodyElse = () => OBSERVED + 1 + Math.floor(Math.random() * (MEMBERS - OBSERVED))
const anyObserved = () => 1 + Math.floor(Math.random() * OBSERVED)

/** Other people's receipts of the last five weeks, straight into the tables, until the journal has `size` postings. */
async function grow(size: number): Promise<void> {
  const receipts = Math.ceil(size / 3) - filled
  if (receipts <= 0) return
  await server.owner.query("create temporary table filler (transaction_id bigint, member_id bigint)")
  await server.owner.query(
    `insert into filler
     select ledger.id_at(now() - interval '35 days') + (n * $3::bigint), $4 + 1 + (n * 7919) % ($5 - $4) from generate_series($1::bigint, $2::bigint) n`,
    [filled, filled + receipts - 1, 1_000_000, OBSERVED, MEMBERS],
  )
  await server.owner.query(
    `insert into ledger.transaction (transaction_id, reference, kind, member_id, occurred_at, recorded_at, earned, pending_after, available_after, held_after, owed_after)
     select transaction_id, 'filler:' || transaction_id || '/settled', 'receipt', member_id, now(), now(), 44, 44, 0, 0, 0 from filler order by transaction_id`,
  )
  await server.owner.query(
    `insert into ledger.posting (member_id, transaction_id, lot_id, source, target, points, expires_on, line, leg)
     select member_id, transaction_id, transaction_id + lot, 'issued', 'pending', p, current_date + 180, line, line
       from filler, (values (1, 1, 12), (1, 2, 7), (2, 3, 25)) as lines(lot, line, p) order by member_id, transaction_id`,
  )
  await server.owner.query(
    `insert into ledger.lot (member_id, lot_id, state, activates_on, expires_on, due_on, points, remaining)
     select member_id, transaction_id + lot, 'pending', current_date + 14, current_date + 180, current_date + 14, p, p
       from filler, (values (1, 19), (2, 25)) as lots(lot, p) order by member_id`,
  )
  await server.owner.query(
    `update ledger.purse p set pending = pending + f.points from (select member_id, count(*) * 44 points from filler group by 1) f where p.member_id = f.member_id`,
  )
  await server.owner.query("drop table filler")
  filled += receipts
}

async function microsEach(times: number, act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  for (let done = 0; done < times; done += 1) await act()
  return ((performance.now() - began) * 1000) / times
}

async function postedPerSecond(): Promise<number> {
  const lane = gatherer<PostingRequest, PostingOutcome>({ settle, keysOf: ({ memberId }) => [memberId] })
  const began = performance.now()
  const ends = began + SECONDS * 1000
  let posted = 0
  const caller = async () => {
    for (; performance.now() < ends; posted += 1) await lane.submit(aReceipt(anybodyElse()))
  }
  await Promise.all(Array.from({ length: 64 }, caller))
  return (posted / (performance.now() - began)) * 1000
}

for (let nth = 0; nth < RECEIPTS_EACH; nth += 1)
  for (let from = 1; from <= OBSERVED; from += 50) await settle(Array.from({ length: 50 }, (_, place) => aReceipt(from + place)))

type Figures = { balance: number; history: number; post: number }
const results: (Figures & { postings: number })[] = []
for (const postings of SIZES) {
  await grow(postings)
  await server.owner.query("vacuum analyze")
  await server.owner.query("checkpoint")
  await postedPerSecond() // warm
  const rounds: Figures[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      balance: await microsEach(READS, () => inTransaction(server.db, (tx) => balancesOf(tx, [anybodyElse()]))),
      history: await microsEach(READS, () => inTransaction(server.db, (tx) => statementOf(tx, { memberId: anyObserved(), most: 20 }))),
      post: 1e6 / (await postedPerSecond()),
    })
  }
  const middle = (of: keyof Figures) => Math.round(median(rounds.map((round) => round[of])))
  results.push({ postings, balance: middle("balance"), history: middle("history"), post: middle("post") })
  console.log(JSON.stringify({ measure: "growth", unit: "µs each", ...results.at(-1) }))
}
const times = (of: keyof Figures) =>
  Number((Math.max(...results.map((one) => one[of])) / Math.min(...results.map((one) => one[of]))).toFixed(2))
console.log(
  JSON.stringify({ measure: "growth", slowestByFastest: { balance: times("balance"), history: times("history"), post: times("post") } }),
)
await server.stop()
