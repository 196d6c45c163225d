import { createServer, type Server } from "node:net"

// Ports a suite gives to systems that it stops and starts again at the same address. They lie below those a machine gives to whoever asks for any,
// so that nobody gets one of them while its system is away.

const FIRST = 10_001
const LAST = 19_999
const held: Server[] = [] // as long as this process lives
let next = FIRST

/** A port that is this process's until it ends: whoever holds the odd one beside it may give it away. */
export async function aPort(): Promise<number> {
  for (; next < LAST; next += 2) {
    const neighbour = await opened(next)
    if (!neighbour) continue
    held.push(neighbour.unref())
    const port = next + 1
    next += 2
    const tried = await opened(port)
    if (!tried) continue // somebody is there who knows nothing of this
    await new Promise((closed) => tried.close(closed))
    return port
  }
  throw new Error(`no port is free from ${FIRST} to ${LAST}`)
}

/** Listens at a port; undefined when somebody else does. */
function opened(port: number): Promise<Server | undefined> {
  const server = createServer()
  return new Promise((told) => {
    server.once("error", () => told(undefined))
    server.listen(port, "127.0.0.1", () => told(server))
  })
}
