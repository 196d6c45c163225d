import { byLines, throwAway } from "@mila/kernel/testing"
import { type Answer, enrol, type EnrolledTill, Office, type OfficeDevice, rotatingCode, SteadyTill } from "@mila/till-simulator"
import { type ChildProcess, spawn } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { copyDemo } from "./demo-folder.ts"
import { makeDemo } from "./system.ts"

// The verbs that suites speak, over HTTP and nothing else: a suite does not know a route. MILA_URL with MILA_STAFF_KEY names a running system
// (under MILA_CLOCK=simulated for suites that move time); without them a system of its own is started on a folder that is thrown away.

export type { OfficeCard as Card, OfficeDevice as Device } from "@mila/till-simulator"
export type Line = { no: number; sku: string; quantityMilli: number; priceMinor: number; amountMinor: number }
export type Till = EnrolledTill & { tillId: number }

/** The system under test: what staff does there, what its tills say, and its clock. */
export class Mila extends Office {
  /** the bearer key it is run with, for what brings its own client */
  readonly key: string
  readonly #stop: () => Promise<void>
  #aheadMs = 0

  constructor(url: string, key: string, stop: () => Promise<void>) {
    super(url, key)
    this.key = key
    this.#stop = stop
  }

  blockCard = (cardId: number) => this.must("POST", `/cards/${cardId}/block`, { reason: "lost" })
  statement = async (memberId: number): Promise<any[]> => (await this.must("GET", `/members/${memberId}/statement`)).entries
  quarantine = () => this.must("GET", "/quarantine")
  readOutbox = () => this.must("GET", "/outbox")
  runJob = (name: string) => this.must("POST", `/jobs/${name}/run`, {})
  checkLedger = () => this.must("POST", "/ledger/check", {})
  /** what all members together have, in points */
  liability = (): Promise<{ pending: number; available: number; held: number; owed: number }> => this.must("GET", "/ledger/liability")
  reminders = async (memberId: number): Promise<{ state: string; points: number }[]> =>
    (await this.must("GET", `/members/${memberId}/expiry`)).notices

  /** The time it is there: a simulated clock runs on at the usual speed, so it is asked only when it is moved. */
  now(): Date {
    return new Date(Date.now() + this.#aheadMs)
  }
  async readClock(): Promise<Date> {
    const { now } = await this.must("GET", "/clock")
    this.#aheadMs = Date.parse(now) - Date.now()
    return this.now()
  }
  async moveClock(days: number): Promise<Date> {
    const wanted = new Date(this.now().getTime() + days * 86_400_000)
    const { now } = await this.must("PUT", "/clock", { now: wanted.toISOString() })
    this.#aheadMs = Date.parse(now) - Date.now()
    return this.now()
  }

  /** Somebody becomes a member as an app does it; the token it then comes with. */
  async joinByApp(phone: string): Promise<string> {
    const send = async (path: string, body: object): Promise<any> => {
      const answer = await fetch(`${this.url}/api/v1${path}`, {
        ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
      })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return answer.json()
    }
    const { flow } = await send("/codes", { purpose: "sign_in", phone })
    const outbox = await (await fetch(`${this.url}/demo/outbox`)).text() // where a demo shows codes; staff never sees them
    const code = /код (\d{6})/.exec(outbox)?.[1]
    await send("/sign-in/code", { flow, code, device: { name: "phone" } })
    const consents = ["programme", "policy"].map((purpose) => ({ purpose, version: 1 }))
    const joining = { flow, name: { given: "Анна", family: "Петрова" }, consents, device: { name: "phone" } }
    return (await send("/registration", joining)).tokens.accessToken
  }

  /** Enrols a till of the demo chain that was not enrolled yet. */
  async enrolTill(tillId: number): Promise<Till> {
    const { code } = await this.must("POST", `/tills/${tillId}/enrolment-codes`, {})
    return { ...(await enrol(this.url, code)), tillId }
  }
  revokeTill = (tillId: number) => this.must("POST", `/tills/${tillId}/revoke`, {})
  /** A write of a till, by the server's clock, repeated under its key until it is answered. */
  till(till: Till, path: string, body: object, options: { key?: string; language?: string } = {}): Promise<Answer> {
    return new SteadyTill(till, { clock: () => this.now() }).post(path, body, options)
  }
  rotatingCode({ number, deviceNo, secret }: OfficeDevice): string {
    return rotatingCode({ number, deviceNo, secret, at: this.now() })
  }
  stop = () => this.#stop()
}

/** The system under test. Errors: throws with its output when it does not become ready in a minute. */
export async function milaUnderTest(): Promise<Mila> {
  const { MILA_URL: url, MILA_STAFF_KEY: key } = process.env
  const mila = url && key ? new Mila(url, key, async () => undefined) : await ownMila()
  await mila.readClock()
  return mila
}

async function ownMila(): Promise<Mila> {
  const dir = mkdtempSync(join(tmpdir(), "mila-journey-"))
  chmodSync(dir, 0o755) // as root the database is "nobody", who must get here
  await copyDemo(dir, makeDemo)
  const env = {
    ...process.env,
    MILA_DATA_DIR: dir,
    MILA_CLOCK: "simulated",
    MILA_DEMO: "1",
    MILA_DEMO_GOODS: "600",
    MILA_METRICS_PORT: "0",
    MILA_ACCOUNT_RATE: "100000",
    PORT: "0",
  }
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "../apps/mila/mila.ts"), "start"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) byLines(stream, (lines) => (output += lines))
  const base = await readyAt(child, () => output)
  const { staff } = JSON.parse(readFileSync(join(dir, "demo-sign-in.json"), "utf8"))
  return new Mila(base, staff[0].key, async () => {
    child.kill("SIGTERM")
    if (child.exitCode === null) await new Promise((ended) => child.once("exit", ended))
    throwAway(dir)
  })
}

async function readyAt(child: ChildProcess, output: () => string): Promise<string> {
  for (const deadline = performance.now() + 200_000; performance.now() < deadline && child.exitCode === null; await wait(50)) {
    const port = /"port":(\d+)/.exec(output())?.[1]
    if (!port) continue
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
    if (ready?.status === 200 && /Ctrl-C/.test(output())) return `http://127.0.0.1:${port}`
  }
  child.kill("SIGKILL")
  throw new Error(`the system did not become ready:\n${output()}`)
}
