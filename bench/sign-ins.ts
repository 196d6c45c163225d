// Whether people who sign in by password are in the way of tills: confirms leave by the clock, with and without twenty sign-ins a second beside them, in turns.
// The tills' door and the pages share one process, which is the worst there is; argon2id (19 MiB, two passes) is off its event loop. What the machine's cores do by
// themselves is told by as many hashes in a process that serves nobody.
import { spawn } from "node:child_process"
import { argon2Sync, randomBytes } from "node:crypto"
import { join } from "node:path"
import { doorsOf, makeChain } from "./chain.ts"
import { cpuOf } from "./cpu.ts"
import { atFull, atPace, type Load } from "./load.ts"
import { Purchases } from "./purchases.ts"
import { benchServer, median, quantile } from "./server.ts"
import { openLine } from "./wire.ts"

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3)
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 6)
const CONFIRMS = Number(process.env["BENCH_CONFIRMS"] ?? 100) // the chain's peak hour
const SIGN_INS = Number(process.env["BENCH_SIGN_INS"] ?? 20)
const PASSWORD = "зелёная кастрюля на окне"
const MEMBERS = 2_000

const server = await benchServer()
const chain = await makeChain(server, { members: MEMBERS, tills: 64 })
await server.owner.query(
  "insert into members.password (member_id, hash, changed_at) select id, $1, now() from members.member on conflict do nothing",
  [hashOf(PASSWORD)],
)
const door = await doorsOf(server, "api,web", { MILA_TRUSTED_PROXIES: "1" }) // people come from many places
const url = `http://127.0.0.1:${door.port}`
const lines = await Promise.all(Array.from({ length: 16 }, () => openLine(door.port)))
const purchases = new Purchases(chain)
let person = 0

await atFull(lines, purchases.receipts(20_000), 4) // plans, caches and compiled code
await signIns(2)
type Round = { alone: Load; elsewhere: Load; beside: Load; people: { signedIn: number; p50: number; p99: number }; cpuShare: number }
const rounds: Round[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  const pace = () => atPace(lines, purchases.receipts(SECONDS * CONFIRMS * 2), { perSecond: CONFIRMS, seconds: SECONDS })
  const alone = await pace()
  const elsewhere = await hashingElsewhere(pace)
  const before = cpuOf(door.pid)
  const [beside, people] = await Promise.all([pace(), signIns(SECONDS)])
  rounds.push({ alone, elsewhere, beside, people, cpuShare: (cpuOf(door.pid) - before) / SECONDS })
}
const mid = (of: (round: Round) => number, digits = 1) => Number(median(rounds.map(of)).toFixed(digits))
console.log(JSON.stringify({ confirmsPerSecond: CONFIRMS, alone: { p50: mid((r) => r.alone.p50), p99: mid((r) => r.alone.p99) } }))
console.log(JSON.stringify({ hashesElsewhere: SIGN_INS, beside: { p50: mid((r) => r.elsewhere.p50), p99: mid((r) => r.elsewhere.p99) } }))
console.log(
  JSON.stringify({
    ...{
      signInsPerSecond: mid((r) => r.people.signedIn / SECONDS),
      beside: { p50: mid((r) => r.beside.p50), p99: mid((r) => r.beside.p99) },
    },
    ...{ people: { p50: mid((r) => r.people.p50, 0), p99: mid((r) => r.people.p99, 0) }, coresOfTheDoor: mid((r) => r.cpuShare, 2) },
  }),
)
for (const line of lines) line.close()
await door.stop()
await server.stop()

/** The load with the hashes alone beside it, in another process. */
async function hashingElsewhere(pace: () => Promise<Load>): Promise<Load> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "hashing.ts"), String(SIGN_INS)], { stdio: "ignore" })
  const load = await pace()
  child.kill("SIGTERM")
  await new Promise((ended) => child.once("exit", ended))
  return load
}

/** In PHC form, at the cost the house takes (modules/members/sign-in/passwords.ts): a whole chain's passwords are not hashed one by one for a bench. */
function hashOf(password: string): string {
  const nonce = randomBytes(16)
  const tag = argon2Sync("argon2id", { message: Buffer.from(password), nonce, memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 })
  const unpadded = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "")
  return `$argon2id$v=19$m=19456,t=2,p=1$${unpadded(nonce)}$${unpadded(tag)}`
}

/** People sign in by the clock, each another one, from another place and in a browser of their own. Every one of them must get in. */
async function signIns(seconds: number): Promise<Round["people"]> {
  const millis: number[] = []
  const underWay: Promise<void>[] = []
  const began = performance.now()
  for (let sent = 0; sent < SIGN_INS * seconds; sent += 1) {
    const due = began + (sent * 1000) / SIGN_INS
    while (performance.now() < due) await new Promise((wake) => setTimeout(wake, 2))
    underWay.push(signIn().then(() => void millis.push(performance.now() - due)))
  }
  await Promise.all(underWay)
  return { signedIn: millis.length, p50: quantile(millis, 0.5), p99: quantile(millis, 0.99) }
}

async function signIn(): Promise<void> {
  person = (person + 1) % MEMBERS
  const from = `203.${Math.floor(person / 200)}.${person % 200}.7` // a network each
  const headers = { origin: url, cookie: `mila-device=${randomBytes(24).toString("base64url")}`, "x-forwarded-for": from }
  const body = new URLSearchParams({ step: "password", phone: `+37529${3_000_000 + person}`, password: PASSWORD })
  const answer = await fetch(`${url}/sign-in`, { method: "POST", body, headers, redirect: "manual" })
  if (answer.status !== 302) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 300)}`)
}
