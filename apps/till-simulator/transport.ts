import http from "node:http"
import https from "node:https"

export type Sent = { url: string; method: string; headers: Record<string, string>; body: string | null; timeoutMs: number }
export type Received = { status: number; headers: http.IncomingHttpHeaders; text: string }

/** No answer came: what was asked may or may not have happened. Only a repetition with the same key can tell. */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super(`no answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = "NoAnswer"
  }
}

const MOST_ANSWER_BYTES = 32 * 1024 * 1024
const agents = {
  "http:": new http.Agent({ keepAlive: true, maxSockets: 512 }),
  "https:": new https.Agent({ keepAlive: true, maxSockets: 512 }),
}

/** Sends one request and reads the whole answer within `timeoutMs`, whatever its status. Errors: NoAnswer. */
export function send({ url, method, headers, body, timeoutMs }: Sent): Promise<Received> {
  const target = new URL(url)
  const door = target.protocol === "https:" ? https : http
  const agent = agents[target.protocol === "https:" ? "https:" : "http:"]
  return new Promise((resolve, reject) => {
    const payload = body === null ? undefined : Buffer.from(body)
    const sized = payload ? { ...headers, "content-length": String(payload.length) } : headers
    const request = door.request(target, { method, headers: sized, agent }, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length
        if (size > MOST_ANSWER_BYTES) request.destroy(new Error("the answer is too large"))
        else chunks.push(chunk)
      })
      answer.on("end", () => {
        clearTimeout(patience)
        if (answer.complete)
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString("utf8") })
        else fail(new Error("the answer was cut"))
      })
      answer.on("error", fail)
    })
    const fail = (error: unknown) => {
      clearTimeout(patience)
      reject(new NoAnswer(error))
    }
    const patience = setTimeout(() => request.destroy(new Error(`nothing within ${timeoutMs} ms`)), timeoutMs)
    request.on("error", fail)
    request.end(payload)
  })
}

/** Lets go of connections kept alive, so that a program can end. */
export function closeConnections(): void {
  agents["http:"].destroy()
  agents["https:"].destroy()
}
