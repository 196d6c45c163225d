import { type Answer, call, type EnrolledTill, enrol, rotatingCode, send } from "@mila/till-simulator"
import { type ChildProcess, spawn } from "node:child_process"
import { randomUUID } from "node:crypto"
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"

// The verbs that suites speak, over HTTP and nothing else: a suite does not know a route. MILA_URL with MILA_STAFF_KEY names a running system
// (under MILA_CLOCK=simulated for suites that move time); without them a system of its own is started on a folder that is thrown away.

export type Card = { cardId: number; number: string; memberId: number }
export type Device = Card & { deviceNo: number; secret: string }
export type Line = { no: number; sku: string; quantityMilli: number; priceMinor: number; amountMinor: number }
export type Till = EnrolledTill & { tillId: number }

export class Mila {
  readonly url: string
  readonly #key: string
  readonly #stop: () => Promise<void>

  constructor(url: string, key: string, stop: () => Promise<void>) {
    this.url = url
    this.#key = key
    this.#stop = stop
  }

  /** A request of the back office, whatever its answer. */
  async office(method: string, path: string, body?: object): Promise<{ status: number; body: any }> {
    const headers = { authorization: `Bearer ${this.#key}`, "content-type": "application/json", "idempotency-key": randomUUID() }
    const sent = { url: `${this.url}/office/v1${path}`, method, headers, body: body ? JSON.stringify(body) : null, timeoutMs: 60_000 }
    const { status, text } = await send(sent)
    return { status, body: text === "" ? undefined : JSON.parse(text) }
  }
  async #must(method: string, path: string, body?: object): Promise<any> {
    const told = await this.office(method, path, body)
    if (told.status >= 300) throw new Error(`${method} ${path}: ${told.status} ${JSON.stringify(told.body)}`)
    return told.body
  }

  async registerMember(): Promise<number> {
    const phone = `+37529${String(Math.floor(Math.random() * 9_000_000) + 1_000_000)}`
    return (await this.#must("POST", "/members", { name: { family: "Иванова", given: "Анна" }, phone })).memberId
  }
  async issueCard(memberId: number): Promise<Card> {
    const { cardId, number } = await this.#must("POST", `/members/${memberId}/cards`, {})
    return { cardId, number, memberId }
  }
  async enrolDevice(card: Card): Promise<Device> {
    return { ...card, ...(await this.#must("POST", `/cards/${card.cardId}/devices`, { name: "phone" })) }
  }
  blockCard = (cardId: number) => this.#must("POST", `/cards/${cardId}/block`, { reason: "lost" })
  async balance(memberId: number): Promise<{ pending: number; available: number; held: number; owed: number }> {
    return (await this.#must("GET", `/members/${memberId}/balance`)).balance
  }
  statement = async (memberId: number): Promise<any[]> => (await this.#must("GET", `/members/${memberId}/statement`)).entries
  adjust = (memberId: number, amount: number) => this.office("POST", `/members/${memberId}/adjustments`, { points: amount, reason: "goodwill" })
  quarantine = async (): Promise<any> => this.#must("GET", "/quarantine")
  readOutbox = async (): Promise<any> => this.#must("GET", "/outbox")
  runJob = (name: string) => this.#must("POST", `/jobs/${name}/run`, {})
  checkLedger = async (): Promise<any> => this.#must("POST", "/ledger/check", {})
  async clock(): Promise<Date> {
    return new Date((await this.#must("GET", "/clock")).now)
  }
  async moveClock(days: number): Promise<Date> {
    const now = new Date((await this.clock()).getTime() + days * 86_400_000)
    return new Date((await this.#must("PUT", "/clock", { now: now.toISOString() })).now)
  }

  /** A till of a demo shop that was not enrolled yet. */
  async enrolTill(tillId: number): Promise<Till> {
    const { code } = await this.#must("POST", `/tills/${tillId}/enrolment-codes`, {})
    return { ...(await enrol(this.url, code)), tillId }
  }
  revokeTill = (tillId: number) => this.#must("POST", `/tills/${tillId}/revoke`, {})
  /** A signed call of a till, by the server's clock. */
  async till(till: Till, method: "GET" | "POST", path: string, body?: object, options: { key?: string; language?: string } = {}): Promise<Answer> {
    const at = await this.clock()
    const whole = body && { storeCode: till.storeCode, tillNo: till.tillNo, ...body }
    return call(till, { method, path, at, ...options, ...(whole ? { body: whole } : {}) })
  }
  async rotatingCode({ number, deviceNo, secret }: Device): Promise<string> {
    return rotatingCode({ number, deviceNo, secret, at: await this.clock() })
  }
  stop = () => this.#stop()
}

/** The system under test. Errors: throws with its output when it does not become ready in a minute. */
export async function milaUnderTest(): Promise<Mila> {
  const { MILA_URL: url, MILA_STAFF_KEY: key } = process.env
  if (url && key) return new Mila(url, key, async () => undefined)
  const dir = mkdtempSync(join(tmpdir(), "mila-journey-"))
  chmodSync(dir, 0o755)
  const env = { ...process.env, MILA_DATA_DIR: dir, MILA_CLOCK: "simulated", MILA_DEMO: "1", MILA_METRICS_PORT: "0", PORT: "0" }
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "../apps/mila/mila.ts"), "start"], { env, stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk))
  const base = await readyAt(child, () => output)
  const { staff } = JSON.parse(readFileSync(join(dir, "demo-sign-in.json"), "utf8"))
  return new Mila(base, staff[0].key, async () => {
    child.kill("SIGTERM")
    if (child.exitCode === null) await new Promise((ended) => child.once("exit", ended))
    rmSync(dir, { recursive: true, force: true })
  })
}

async function readyAt(child: ChildProcess, output: () => string): Promise<string> {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline && child.exitCode === null; await wait(50)) {
    const port = /"port":(\d+)/.exec(output())?.[1]
    if (!port) continue
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
    if (ready?.status === 200 && /Ctrl-C/.test(output())) return `http://127.0.0.1:${port}`
  }
  child.kill("SIGKILL")
  throw new Error(`the system did not become ready:\n${output()}`)
}
