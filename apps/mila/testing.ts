import { byLines, throwAway } from "@mila/kernel/testing"
import { type ChildProcess, spawn } from "node:child_process"
import { chmodSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"

export type Running = {
  base: string
  child: ChildProcess
  /** from the start of the process until it answered ready, milliseconds */
  readyAfterMs: number
  output(): string
  /** Sends a signal and answers the exit code, or the signal it ended by. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

const MILA = join(import.meta.dirname, "mila.ts")

/** A folder of its own for one test's database; `rm` throws it away. */
export function aDataDir(): { dir: string; rm(): void } {
  const dir = mkdtempSync(join(tmpdir(), "mila-start-"))
  chmodSync(dir, 0o755) // as root the database is "nobody", who must get here
  return { dir, rm: () => throwAway(dir) }
}

/** Runs `mila <words>` to its end. */
export async function mila(
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number | NodeJS.Signals; output: string }> {
  const { child, output, ended } = run(words, env)
  void child
  return { code: await ended, output: output() }
}

/** Starts `mila <words>` on any free port and waits until it is ready. Errors: it ended, or was not ready within 200 seconds. */
export async function running(words: readonly string[], env: Record<string, string> = {}): Promise<Running> {
  const started = performance.now()
  const { child, output, ended } = run(words, { PORT: "0", ...env })
  let over = false
  void ended.then(() => (over = true))
  for (;;) {
    const port = /"port":(\d+)/.exec(output())?.[1]
    const base = `http://127.0.0.1:${port}`
    if (port && (await ready(base)) === 200) return { base, child, output, readyAfterMs: performance.now() - started, end }
    if (over || performance.now() - started > 200_000) {
      child.kill("SIGKILL")
      throw new Error(`mila ${words.join(" ")} did not become ready:\n${output()}`)
    }
    await wait(20)
  }

  async function end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    child.kill(signal)
    return ended
  }
}

/** The status of `/health/ready`, or 0 when nobody answers. */
export async function ready(base: string): Promise<number> {
  return fetch(`${base}/health/ready`).then(
    ({ status }) => status,
    () => 0,
  )
}

const children = new Set<ChildProcess>()

/** Ends whatever a failed test left running; the runner would wait for it. */
export function endAll(): void {
  for (const child of children) child.kill("SIGKILL")
}

function run(words: readonly string[], env: Record<string, string>) {
  const { PATH = "", HOME = "" } = process.env
  const child = spawn(process.execPath, [MILA, ...words], {
    env: { PATH, HOME, MILA_METRICS_PORT: "0", MILA_DEMO: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  children.add(child)
  let text = ""
  for (const stream of [child.stdout, child.stderr]) byLines(stream, (lines) => (text += lines))
  const ended = new Promise<number | NodeJS.Signals>((resolve) => child.once("close", (code, signal) => resolve(code ?? signal ?? 0)))
  return { child, output: () => text, ended }
}
