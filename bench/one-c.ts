// A stock 1C as far as the wire shows it: signs in, cuts files as it is told, asks again while it is told progress.
import { createReadStream } from "node:fs"
import { basename } from "node:path"
import { Readable } from "node:stream"
import { setTimeout as wait } from "node:timers/promises"
import { TextDecoder } from "node:util"

const windows1251 = new TextDecoder("windows-1251")
const ASKS_AGAIN_MS = 50

export type OneC = {
  /** sends a file in pieces as large as the site takes; answers its bytes */
  send(name: string, content: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<number>
  /** asks for its import until it ends; anything but success throws */
  import(name: string): Promise<string>
}

export async function oneC(url: string, key: string): Promise<OneC> {
  const checked = await fetch(`${url}/exchange/1c?type=catalog&mode=checkauth`, {
    headers: { authorization: `Basic ${Buffer.from(`1c:${key}`).toString("base64")}` },
  })
  const [said, name, value, sessid] = await linesOf(checked)
  if (said !== "success") throw new Error(`1C may not: ${said}`)
  const headers = { cookie: `${name}=${value}` }
  const ask = async (query: string, body?: Buffer): Promise<string[]> => {
    const init = body ? { method: "POST", body: new Uint8Array(body), headers } : { headers }
    return linesOf(await fetch(`${url}/exchange/1c?type=catalog&${query}&${sessid}`, init))
  }
  const limit = Number(/file_limit=(\d+)/.exec((await ask("mode=init&version=2.08")).join("\n"))![1])
  return {
    async send(file, content) {
      let sent = 0
      for await (const piece of cut(content, limit)) {
        const [said, why] = await ask(`mode=file&filename=${file}`, piece)
        if (said !== "success") throw new Error(`${file}: ${said} ${why}`)
        sent += piece.length
      }
      return sent
    },
    async import(file) {
      for (;;) {
        const [said, more = ""] = await ask(`mode=import&filename=${file}`)
        if (said === "success") return more
        if (said !== "progress") throw new Error(`${file}: ${said} ${more}`)
        await wait(ASKS_AGAIN_MS)
      }
    },
  }
}

const linesOf = async (response: Response): Promise<string[]> =>
  windows1251
    .decode(await response.arrayBuffer())
    .trimEnd()
    .split("\n")

async function* cut(content: Iterable<Buffer> | AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const part of content) {
    held.push(part)
    size += part.length
    while (size >= limit) {
      const whole = Buffer.concat(held)
      yield whole.subarray(0, limit)
      held = [whole.subarray(limit)]
      size -= limit
    }
  }
  if (size > 0) yield Buffer.concat(held)
}

type Whole = { key: string; file: string; source: string; dry: boolean }
type Told = { state: string; counts: Record<string, number>; failure: object | null }

/** A whole file as sources without 1C send it, waited for until its import has ended; seconds until it was there, and until it was done. */
export async function sendWhole(
  url: string,
  { key, file, source, dry }: Whole,
): Promise<{ sentIn: number; seconds: number; records: number }> {
  const headers = { authorization: `Bearer ${key}` }
  const began = performance.now()
  const since = (): number => Number(((performance.now() - began) / 1000).toFixed(1))
  const sent = await fetch(`${url}/exchange/files/${basename(file)}?source=${source}&dry_run=${dry ? 1 : 0}`, {
    ...{ method: "PUT", headers, body: Readable.toWeb(createReadStream(file)) as ReadableStream, duplex: "half" },
  })
  const { import: id } = (await sent.json()) as { import: number }
  const sentIn = since()
  for (;;) {
    const { state, counts, failure } = (await (await fetch(`${url}/exchange/imports/${id}`, { headers })).json()) as Told
    if (failure || state === "held" || state === "stopped") throw new Error(`${state} ${JSON.stringify(failure)}`)
    if (state === "done") return { sentIn, seconds: since(), records: counts["records"] ?? 0 }
    await wait(250)
  }
}
