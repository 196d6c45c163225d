// The whole product with its demo chain in one process, as a newcomer starts it, on a port and in a folder of its own.
import { spawn } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePort } from "./free-port.ts"

const MILA = resolve(import.meta.dirname, "../apps/mila/mila.ts")

export type DemoChain = {
  url: string
  pid: number
  /** Signs in with a code, as a browser without script does, and answers its cookies. */
  signedIn(phone: string): Promise<string>
  stop(): Promise<void>
}

export async function demoChain({ flags = [] }: { flags?: readonly string[] } = {}): Promise<DemoChain> {
  const folder = mkdtempSync(join(tmpdir(), "mila-bench-"))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    ...{ MILA_DATA_DIR: folder, MILA_DEMO: "1", MILA_METRICS_PORT: "0", MILA_LOG_FILE: join(folder, "log"), PORT: String(port) },
  }
  const child = spawn(process.execPath, [...flags, MILA, "start"], { env, stdio: "ignore" })
  process.once("exit", () => child.kill("SIGKILL")) // a bench that fails leaves nobody behind
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error("the demo chain does not start: npm start says why")
    await wait(100)
  }
  while (!(await isReady(url, "/api/v1/search"))) await wait(200) // the search reads the catalogue
  await wait(2_000) // the demo's last writes
  return {
    url,
    pid: child.pid!,
    signedIn: (phone) => signedIn(url, phone),
    async stop() {
      child.kill("SIGTERM")
      await new Promise((ended) => child.once("exit", ended))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function isReady(url: string, path = "/health/ready"): Promise<boolean> {
  return fetch(url + path).then(
    ({ ok }) => ok,
    () => false,
  )
}

export async function signedIn(url: string, phone: string): Promise<string> {
  const cookies = new Map<string, string>()
  const post = async (form: Record<string, string>) => {
    const headers = { origin: url, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") }
    const answer = await fetch(`${url}/sign-in`, { method: "POST", body: new URLSearchParams(form), headers, redirect: "manual" })
    for (const set of answer.headers.getSetCookie()) cookies.set(set.slice(0, set.indexOf("=")), /=([^;]*)/.exec(set)![1]!)
  }
  await post({ step: "ask", phone })
  const outbox = await (await fetch(`${url}/demo/outbox`)).text()
  await post({ step: "code", code: /[^\d](\d{6})[^\d]/.exec(outbox.slice(outbox.indexOf('class="message"')))![1]! })
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
}
