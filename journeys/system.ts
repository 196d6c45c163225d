import { byLines, throwAway } from "@mila/kernel/testing"
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { copyDemo } from "./demo-folder.ts"
import { aPort } from "./ports.ts"

const MILA = resolve(import.meta.dirname, "../apps/mila/mila.ts")

/** A system whose processes a suite may kill, freeze and start again at the same address. */
export class System {
  readonly url: string
  readonly #words: readonly string[]
  readonly #env: NodeJS.ProcessEnv
  #child: ChildProcess | undefined
  #output = ""

  constructor({ port, words, env }: { port: number; words: readonly string[]; env: Record<string, string> }) {
    this.url = `http://127.0.0.1:${port}`
    this.#words = words
    this.#env = { ...process.env, MILA_METRICS_PORT: "0", MILA_CLOCK: "simulated", MILA_DEMO_GOODS: "600", PORT: String(port), ...env }
  }

  /** Starts it and answers after how many milliseconds it was ready. Errors: throws with its output after 200 seconds. */
  async start(): Promise<number> {
    const began = performance.now()
    this.#output = ""
    const child = spawn(process.execPath, [MILA, ...this.#words], { env: this.#env, stdio: ["ignore", "pipe", "pipe"] })
    for (const stream of [child.stdout, child.stderr]) byLines(stream, (lines) => (this.#output += lines))
    this.#child = child
    while (performance.now() - began < 200_000 && child.exitCode === null) {
      if ((await this.ready()) === 200) return performance.now() - began
      await wait(25)
    }
    child.kill("SIGKILL")
    throw new Error(`it did not become ready:\n${this.#output}`)
  }

  /** Sends a signal and answers the exit code, or the signal it ended by. */
  async end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    const child = this.#child
    if (!child) return null // it never started
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode
    const ended = new Promise<number | NodeJS.Signals | null>((told) => child.once("exit", (code, by) => told(code ?? by)))
    child.kill(signal)
    return ended
  }

  /** The status of `/health/ready`; 0 when nobody answers. */
  ready(): Promise<number> {
    return fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(10_000) }).then(
      ({ status }) => status,
      () => 0,
    )
  }

  live(): Promise<number> {
    return fetch(`${this.url}/health/live`, { signal: AbortSignal.timeout(10_000) }).then(
      ({ status }) => status,
      () => 0,
    )
  }

  get running(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null
  }

  /** What it has said so far, in whole lines. */
  get output(): string {
    return this.#output
  }
}

type Settings = (port: number) => Record<string, string>

/** The whole product in one process on a folder that is thrown away, with settings of its own where a suite needs them. */
export async function wholeSystem(
  settings: Settings = () => ({}),
): Promise<{ system: System; key: string; postgres: () => number; drop: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), "mila-faults-"))
  chmodSync(dir, 0o755) // as root the database is "nobody", who must get here
  await copyDemo(dir, makeDemo)
  const system = await demoIn(dir, settings)
  await system.start()
  const signIn = join(dir, "demo-sign-in.json")
  while (!/Ctrl-C/.test(system.output) && system.running) await wait(50)
  const { staff } = JSON.parse(readFileSync(signIn, "utf8"))
  return {
    system,
    key: staff[0].key,
    postgres: () => Number(readFileSync(join(dir, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]),
    async drop() {
      await system.end("SIGTERM")
      throwAway(dir)
    },
  }
}

async function demoIn(dir: string, settings: Settings = () => ({})): Promise<System> {
  const port = await aPort()
  return new System({ port, words: ["start"], env: { MILA_DATA_DIR: dir, MILA_DEMO: "1", ...settings(port) } })
}

/** A demo chain as journeys have it, made in a folder and left there. */
export async function makeDemo(dir: string): Promise<void> {
  const system = await demoIn(dir)
  await system.start()
  while (!/Ctrl-C/.test(system.output)) await wait(50)
  const ended = await system.end("SIGTERM")
  if (ended !== 0) throw new Error(`the demo did not stop in order: ${ended}\n${system.output}`)
}

/** Stops a server and all it has started, the server first: it starts nothing that is overlooked. Answers how they are let go on. */
export function freeze(postmaster: number): () => void {
  process.kill(postmaster, "SIGSTOP")
  const listed = execFileSync("ps", ["-o", "pid=", "--ppid", String(postmaster)], { encoding: "utf8" })
  const frozen = [postmaster, ...listed.trim().split(/\s+/).map(Number)]
  for (const pid of frozen) signal(pid, "SIGSTOP")
  return () => frozen.forEach((pid) => signal(pid, "SIGCONT"))
}

/** Says so to a process, unless it has just gone by itself. */
export function signal(pid: number, what: NodeJS.Signals): void {
  try {
    process.kill(pid, what)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
}

/** A process of a PostgreSQL that serves somebody, as soon as there is one: after a crash it serves nobody until it has recovered. */
export async function aBackendOf(postmaster: number): Promise<number> {
  for (const asked = performance.now(); performance.now() - asked < 60_000;) {
    const listed = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(postmaster)], { encoding: "utf8" }).split("\n")
    const serving = listed.find((line) => line.includes("[local]"))
    if (serving) return Number.parseInt(serving, 10)
    await wait(20)
  }
  throw new Error("PostgreSQL serves nobody for a minute")
}
