import { type EnrolledTill, signedRequest } from "@mila/till-simulator"
import { connect, type Socket } from "node:net"

/** A request as its bytes: made and signed before the clock runs, so that the load costs the machine little beside the server. */
export type Wired = Buffer

export function wired(till: EnrolledTill, path: string, body: object, given: { key?: null } = {}): Wired {
  const { method, headers, body: text } = signedRequest(till, { method: "POST", path, text: JSON.stringify(body), ...given })
  const lines = Object.entries({ host: "bench", ...headers, "content-length": String(Buffer.byteLength(text!)) })
  return Buffer.from(`${method} /pos/v1${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${text}`)
}

export type Told = { status: number; body: string; millis: number }

/** One keep-alive connection that asks one thing at a time. */
export type Line = { ask(request: Wired): Promise<Told>; close(): void }

export async function openLine(port: number): Promise<Line> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true })
  await new Promise<void>((open, fail) => socket.once("connect", open).once("error", fail))
  return { ask: (request) => ask(socket, request), close: () => socket.destroy() }
}

function ask(socket: Socket, request: Wired): Promise<Told> {
  return new Promise((answered, fail) => {
    const began = performance.now()
    let text = ""
    const heard = (chunk: Buffer) => {
      text += chunk.toString("latin1") // lengths are counted in bytes
      const told = whole(text)
      if (told === undefined) return
      still()
      answered({ ...told, millis: performance.now() - began })
    }
    const broke = (error?: unknown) => {
      still()
      fail(error instanceof Error ? error : new Error("the server hung up"))
    }
    const still = () => socket.off("data", heard).off("error", broke).off("close", broke)
    socket.on("data", heard).on("error", broke).on("close", broke)
    socket.write(request)
  })
}

function whole(text: string): { status: number; body: string } | undefined {
  const end = text.indexOf("\r\n\r\n")
  if (end < 0) return undefined
  const head = text.slice(0, end)
  const length = /^content-length: (\d+)/im.exec(head)?.[1]
  if (length === undefined) {
    if (!text.endsWith("\r\n0\r\n\r\n")) return undefined
  } else if (text.length < end + 4 + Number(length)) return undefined
  return { status: Number(head.slice(9, 12)), body: Buffer.from(text.slice(end + 4), "latin1").toString() }
}
