// The tills' door over HTTP, signed, against pgbench TPC-B on the same server: receipts confirmed per second, one purchase alone, and 50,000 queued
// receipts that drain beside a till with customers.
import { makeChain, tillDoorOf } from "./chain.ts"
import { cpuOf, cpuOfFamily } from "./cpu.ts"
import { drained } from "./drain.ts"
import { atFull, atPace, type Load, loadOf } from "./load.ts"
import { Purchases } from "./purchases.ts"
import { benchServer, median } from "./server.ts"
import { prepareTpcB, tpcB } from "./tpcb.ts"
import { openLine } from "./wire.ts"

const whole = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)
const ROUNDS = whole("BENCH_ROUNDS", 3)
const SECONDS = whole("BENCH_SECONDS", 4)
const CALLERS = 64

const server = await benchServer()
const chain = await makeChain(server, { members: whole("BENCH_MEMBERS", 20_000), tills: 512 })
await server.owner.query("insert into ledger.purse (member_id) select generate_series(1, $1) on conflict do nothing", [
  whole("BENCH_PURSES", 1_000_000),
])
await server.owner.query("vacuum analyze ledger.purse")
prepareTpcB(server, whole("BENCH_SCALE", 100))
const door = await tillDoorOf(server)
const lines = await Promise.all(Array.from({ length: CALLERS }, () => openLine(door.port)))
const purchases = new Purchases(chain)
const say = (figures: object) => console.log(JSON.stringify(figures))

for (let warm = 0; warm < 3; warm += 1) await atFull(lines, purchases.receipts(20_000), SECONDS) // plans, caches and compiled code
tpcB(server, { clients: 16, seconds: 2 })

type Round = { reference: number; full: Load; half: Load; cpu: { door: number; postgres: number; load: number } }
const rounds: Round[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  const reference = tpcB(server, { clients: CALLERS, seconds: SECONDS })
  const asked = purchases.receipts(SECONDS * 6_000)
  const [doorBefore, postgresBefore, loadBefore] = [cpuOf(door.pid), cpuOfFamily(server.pid), process.cpuUsage()]
  const full = await atFull(lines, asked, SECONDS)
  const load = process.cpuUsage(loadBefore)
  const each = (seconds: number) => (seconds * 1e6) / (full.perSecond * SECONDS)
  const cpu = {
    ...{ door: each(cpuOf(door.pid) - doorBefore), postgres: each(cpuOfFamily(server.pid) - postgresBefore) },
    load: each((load.user + load.system) / 1e6),
  }
  const half = await atPace(lines, purchases.receipts(SECONDS * full.perSecond), { perSecond: full.perSecond / 2, seconds: SECONDS })
  rounds.push({ reference, full, half, cpu })
  console.error(JSON.stringify(rounds.at(-1)))
}
const middle = (of: (round: Round) => number, digits = 0) => Number(median(rounds.map(of)).toFixed(digits))
say({
  ...{ measure: "confirm", callers: CALLERS, perSecond: middle((r) => r.full.perSecond), tpcB: middle((r) => r.reference) },
  ...{ times: middle((r) => r.full.perSecond / r.reference, 2), p50: middle((r) => r.full.p50, 1), p99: middle((r) => r.full.p99, 1) },
  cpuMicros: { door: middle((r) => r.cpu.door), postgres: middle((r) => r.cpu.postgres), load: middle((r) => r.cpu.load) },
  half: { perSecond: middle((r) => r.half.perSecond), p50: middle((r) => r.half.p50, 1), p99: middle((r) => r.half.p99, 1) },
})

for (const rest of ["vacuum analyze", "checkpoint"]) await server.owner.query(rest) // what the full load left to be written is not this purchase's
const alone: number[] = []
const began = performance.now()
for (let bought = 0; bought < 1_500; bought += 1) {
  const millis = await purchases.onePurchase(lines[0]!)
  if (bought >= 500) alone.push(millis)
}
const { p50, p99 } = loadOf(alone, began)
say({ measure: "identify + calculate + confirm, alone", purchases: alone.length, p50: Number(p50.toFixed(1)), p99: Number(p99.toFixed(1)) })

say({ measure: "drain", ...(await drained({ port: door.port, purchases, receipts: whole("BENCH_QUEUED", 50_000) })) })

for (const line of lines) line.close()
await door.stop()
await server.stop()
