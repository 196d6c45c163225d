import { connect } from "node:net"

// What a client that keeps to no rules sends: bytes, as they are, on a socket of its own.

const FIRST_WORD_MS = 30_000 // a busy machine may be long about it

/** Sends bytes and answers everything that comes back until the other side closes, or has spoken and says nothing more for `quietMs`. */
export function overTheWire(url: string, bytes: string | Buffer, quietMs = 1_500): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1")
  let heard = ""
  socket.setEncoding("latin1")
  return new Promise((resolve) => {
    const done = () => (socket.destroy(), resolve(heard))
    socket.setTimeout(FIRST_WORD_MS, done)
    socket.on("data", (chunk) => {
      heard += String(chunk)
      socket.setTimeout(quietMs)
    })
    socket.on("error", done)
    socket.on("close", done)
    socket.on("connect", () => socket.write(bytes))
  })
}

/** The status of the first answer on a wire; 0 when there was none. */
export const statusOf = (heard: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0)

/** A request line with headers, as text. */
export const request = (line: string, headers: readonly string[] = [], body = ""): string =>
  [`${line} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers, "", body].join("\r\n")
