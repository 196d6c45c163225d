// Balance read, history page and settled receipts at nothing, one million and ten million postings: three databases of one server take turns, so
// that a slow minute of the machine is everybody's.
import { APP_ROLE } from "@mila/db"
import { connect, type Db, inTransaction, secretsFrom } from "@mila/kernel"
import { balancesOf, statementOf } from "@mila/ledger"
import pg from "pg"
import { fill } from "./fill.ts"
import { LedgerReceipts, settledFor } from "./ledger-receipts.ts"
import { type BenchServer, benchServer, median } from "./server.ts"

const MEMBERS = 1_000_000
const OBSERVED = 1_000 // whose history is read: it is the same at every size
const RECEIPTS_EACH = 20
const SIZES = (process.env["BENCH_SIZES"] ?? "0,1000000,10000000").split(",").map(Number)
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5)
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 3)
const READS = 2_000

/** Microseconds each. */
type Figures = { balance: number; history: number; post: number }
type Sized = { postings: number; db: Db; rounds: Figures[] }

const receipts = new LedgerReceipts()
const anybodyElse = () => OBSERVED + 1 + Math.floor(Math.random() * (MEMBERS - OBSERVED))
const anyObserved = () => 1 + Math.floor(Math.random() * OBSERVED)

async function aDatabase(server: BenchServer, postings: number): Promise<Sized> {
  const url = new URL(server.url)
  url.pathname = `/postings_${postings}`
  await server.owner.query(`create database postings_${postings}`)
  await server.migrate(url.toString())
  const owner = new pg.Pool({ connectionString: url.toString(), max: 1 })
  await owner.query("insert into ledger.purse (member_id) select generate_series(1, $1)", [MEMBERS])
  await fill(owner, { postings, from: OBSERVED, upto: MEMBERS })
  const db = connect({ url: url.toString(), name: "bench", secrets: secretsFrom(Buffer.alloc(32, "bench")), max: 8, role: APP_ROLE })
  const lane = receipts.laneOf(db)
  for (let nth = 0; nth < RECEIPTS_EACH; nth += 1)
    await Promise.all(Array.from({ length: OBSERVED }, (_, place) => lane.submit(receipts.one(1 + place))))
  await owner.query("vacuum analyze")
  await owner.end()
  return { postings, db, rounds: [] }
}

async function round({ db }: Sized): Promise<Figures> {
  const lane = receipts.laneOf(db)
  const began = performance.now()
  const settled = await settledFor(SECONDS, { callers: 64, lane, next: () => receipts.one(anybodyElse()) })
  const post = ((performance.now() - began) * 1000) / settled.length
  return {
    post,
    balance: await microsEach(() => inTransaction(db, (tx) => balancesOf(tx, [anybodyElse()]))),
    history: await microsEach(() => inTransaction(db, (tx) => statementOf(tx, { memberId: anyObserved(), most: 20 }))),
  }
}

async function microsEach(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  for (let done = 0; done < READS; done += 1) await act()
  return ((performance.now() - began) * 1000) / READS
}

const server = await benchServer()
const sized: Sized[] = []
for (const postings of SIZES) sized.push(await aDatabase(server, postings))
await server.owner.query("checkpoint")
for (const one of sized) await round(one) // warm
for (let nth = 0; nth < ROUNDS; nth += 1) for (const one of sized) one.rounds.push(await round(one))

const middle = ({ rounds }: Sized, of: keyof Figures) => Math.round(median(rounds.map((figures) => figures[of])))
for (const one of sized) {
  const figures = { balance: middle(one, "balance"), history: middle(one, "history"), post: middle(one, "post") }
  console.log(JSON.stringify({ measure: "growth", unit: "µs each", postings: one.postings, ...figures }))
}
const times = (of: keyof Figures) => {
  const all = sized.map((one) => middle(one, of))
  return Number((Math.max(...all) / Math.min(...all)).toFixed(2))
}
console.log(
  JSON.stringify({ measure: "growth", slowestByFastest: { balance: times("balance"), history: times("history"), post: times("post") } }),
)
for (const { db } of sized) await db.close()
await server.stop()
