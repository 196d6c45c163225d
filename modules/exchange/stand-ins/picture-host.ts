import { createServer, request, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { Reach } from "../fetching/reach.ts"

type Asked = { path: string; host: string | undefined; ifNoneMatch: string | undefined }

/**
 * Somebody else's server with pictures, on this machine and for tests alone: it answers as it is told and remembers what it was asked. `reach` is the one way to it: it lets
 * through the loopback and speaks plain HTTP, which the real one never does.
 */
export async function pictureHost(answer: (path: string, response: ServerResponse) => void) {
  const asked: Asked[] = []
  const server = createServer((incoming, response) => {
    const { host, "if-none-match": ifNoneMatch } = incoming.headers
    asked.push({ path: incoming.url ?? "", host, ifNoneMatch })
    answer(incoming.url ?? "", response)
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const reach: Reach = {
    resolve: () => Promise.resolve(["127.0.0.1"]),
    mayConnect: (address) => address === "127.0.0.1",
    open: request,
    port: (server.address() as AddressInfo).port,
    ...{ paceMs: 0, mostMs: 20_000, mostBytes: 20_000_000 },
  }
  const stop = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((closed) => server.close(() => closed()))
  }
  return { asked, reach, stop }
}
