import { issueVirtualCard } from "@mila/cards"
import { inTransaction } from "@mila/kernel"
import { openPurses } from "@mila/ledger"
import { registerMember } from "@mila/members"
import type { EnrolledTill } from "@mila/till-simulator"
import { enrolTill, issueEnrolmentCode, listTills } from "@mila/tills"
import { type ChildProcess, spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePort } from "./free-port.ts"
import type { BenchServer } from "./server.ts"

const MILA = resolve(import.meta.dirname, "../apps/mila/mila.ts")

/** A chain to load: the demo's shops and goods, tills that are enrolled, members with a virtual card each. */
export type Chain = { tills: EnrolledTill[]; cards: string[]; goods: { sku: string; priceMinor: number }[] }

/** Makes the chain on the server. `members` take about a millisecond and a half each. */
export async function makeChain(server: BenchServer, { members, tills }: { members: number; tills: number }): Promise<Chain> {
  await demoGoods(server)
  const cards: string[] = []
  for (let from = 0; from < members; from += 200) cards.push(...(await someMembers(server, { from, count: Math.min(200, members - from) })))
  const { rows: goods } = await server.owner.query(
    `select sku, card_price_minor "priceMinor" from catalog.product where kind = 'goods' order by sku limit 500`,
  )
  const enrolled = await enrolTills(server, tills)
  await server.owner.query("vacuum analyze") // what a running system's autovacuum has long done
  return { tills: enrolled, cards, goods }
}

/** The demo's shops and goods alone. */
export async function demoGoods(server: BenchServer): Promise<void> {
  await mila(server, "migrate") // with the worker's schedule
  await mila(server, "demo")
}

function someMembers(server: BenchServer, { from, count }: { from: number; count: number }): Promise<string[]> {
  const at = new Date()
  return inTransaction(server.db, async (tx) => {
    const cards: string[] = []
    for (let no = from; no < from + count; no += 1) {
      const person = { name: { family: "", given: "Анна", patronymic: null }, email: null, birthday: null }
      const { memberId } = await registerMember(tx, { ...person, phone: `+37529${3_000_000 + no}`, locale: "ru", at, by: "system" })
      await openPurses(tx, { memberIds: [memberId] })
      cards.push((await issueVirtualCard(tx, { memberId, at, by: "system" })).number!)
    }
    return cards
  })
}

async function enrolTills(server: BenchServer, count: number): Promise<EnrolledTill[]> {
  const at = new Date()
  return inTransaction(server.db, async (tx) => {
    const waiting = (await listTills(tx, { most: 5_000 })).filter(({ state }) => state === "waiting").slice(0, count)
    const enrolled: EnrolledTill[] = []
    for (const { tillId } of waiting) {
      const { code } = await issueEnrolmentCode(tx, { tillId, at })
      const { shop, till, keyId, secret } = await enrolTill(tx, { code, publicKey: null, at })
      enrolled.push({ url: "", storeCode: shop, tillNo: till, key: { keyid: keyId, alg: "hmac-sha256", secret: secret! } })
    }
    return enrolled
  })
}

export type OpenDoor = { readonly port: number; readonly pid: number; restart(): Promise<void>; stop(): Promise<void> }

/** One process of the tills' door on the server's database; its log goes to a file that nobody reads. */
export const tillDoorOf = (server: BenchServer): Promise<OpenDoor> => doorsOf(server, "api")

/** One process of some doors, `shop` or `api,web`. */
export async function doorsOf(server: BenchServer, doors: string, settings: Record<string, string> = {}): Promise<OpenDoor> {
  const port = await freePort()
  const open = () => opened(server, { doors, port, settings })
  let child = await open()
  return {
    port,
    get pid() {
      return child.pid!
    },
    async restart() {
      await stopped(child)
      child = await open()
    },
    stop: () => stopped(child),
  }
}

type Wanted = { doors: string; port: number; settings: Record<string, string> }

async function opened(server: BenchServer, { doors, port, settings }: Wanted): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MILA, "serve", "--only", doors], {
    env: { ...envOf(server), PORT: String(port), MILA_LOG_FILE: `${server.dir}/mila.log`, ...settings },
    stdio: ["ignore", "ignore", "inherit"],
  })
  process.once("exit", () => child.kill("SIGKILL")) // a bench that fails leaves nobody behind
  for (const deadline = performance.now() + 20_000; performance.now() < deadline && child.exitCode === null; await wait(50)) {
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
    if (ready?.status === 200) return child
  }
  child.kill("SIGKILL")
  throw new Error(`the doors did not open: ${doors}\n${readFileSync(`${server.dir}/mila.log`, "utf8").slice(-2_000)}`)
}

async function stopped(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM")
  if (child.exitCode === null) await new Promise((ended) => child.once("exit", ended))
}

async function mila(server: BenchServer, ...words: string[]): Promise<void> {
  const child = spawn(process.execPath, [MILA, ...words], { env: envOf(server), stdio: ["ignore", "ignore", "inherit"] })
  const code = await new Promise((ended) => child.once("exit", ended))
  if (code !== 0) throw new Error(`mila ${words.join(" ")} ended with ${String(code)}`)
}

const envOf = ({ url, secret }: BenchServer) => ({ ...process.env, DATABASE_URL: url, MILA_SECRET: secret, MILA_METRICS_PORT: "0" })
