import type { IncomingMessage } from "node:http"
import type { Reach } from "./reach.ts"

/** By what a server knows again what it gave us. */
export type Mark = { etag: string | null; modified: string | null }
export type Got = { bytes: Buffer; mark: Mark } | "unchanged" | { why: string }

/**
 * Gets what lies at an address (security rule 24): its name is asked once, every address it has must be an open one, and the connection goes to that address and to no
 * other; wherever a redirect leads is not gone to. Answers why it did not come instead of throwing.
 */
export async function get(target: URL, mark: Mark, reach: Reach): Promise<Got> {
  const within = AbortSignal.timeout(reach.mostMs)
  try {
    const addresses = await before(within, reach.resolve(target.hostname))
    const [address] = addresses
    if (address === undefined) return { why: "ENOTFOUND" }
    if (!addresses.every((one) => reach.mayConnect(one))) return { why: "closed address" }
    const answer = await asked(target, { address, mark, reach, within })
    const { statusCode = 0, headers } = answer
    if (statusCode !== 200) {
      answer.destroy()
      return statusCode === 304 ? "unchanged" : { why: `HTTP ${statusCode}` }
    }
    const bytes = await whole(answer, reach.mostBytes)
    return bytes ? { bytes, mark: { etag: headers.etag ?? null, modified: headers["last-modified"] ?? null } } : { why: "too large" }
  } catch (error) {
    return { why: within.aborted ? "too slow" : ((error as { code?: string }).code ?? "broken off") }
  }
}

function before<Answer>(within: AbortSignal, answer: Promise<Answer>): Promise<Answer> {
  const late = new Promise<never>((_, reject) => within.addEventListener("abort", () => reject(within.reason as Error), { once: true }))
  return Promise.race([answer, late])
}

type Asked = { address: string; mark: Mark; reach: Reach; within: AbortSignal }

function asked(target: URL, { address, mark: { etag, modified }, reach, within }: Asked): Promise<IncomingMessage> {
  return new Promise((answer, fail) => {
    const headers = {
      ...{ host: target.host, accept: "image/*", "accept-encoding": "identity", "user-agent": "Mila" },
      ...(etag === null ? {} : { "if-none-match": etag }),
      ...(modified === null ? {} : { "if-modified-since": modified }),
    }
    const path = target.pathname + target.search
    const sent = reach.open({ host: address, port: reach.port, servername: target.hostname, path, headers, agent: false, signal: within })
    sent.on("response", answer).on("error", fail).end()
  })
}

async function whole(answer: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > most) return undefined // leaving the loop ends the connection
    parts.push(part)
  }
  return Buffer.concat(parts)
}
