import { createAdaptorServer } from "@hono/node-server"
import type { Hono } from "hono"
import type { Server } from "node:http"
import type { AddressInfo } from "node:net"

export type Listening = {
  port: number
  /** Takes no more connections and waits for the requests under way, `patienceMs` at most; what is not answered then is cut. */
  close(patienceMs: number): Promise<"drained" | "cut">
}

/** Opens the port. Errors: a sentence when the port is taken or may not be opened. */
export async function listen(app: Hono<any>, { port, host }: { port: number; host: string }): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: 10_000,
      requestTimeout: 30_000, // to receive a request whole
      keepAliveTimeout: 65_000, // longer than balancers keep theirs
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16 * 1024, // more is answered 431
    },
  }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(inWords(error, port)))
    server.listen(port, host, resolve)
  })
  return { port: (server.address() as AddressInfo).port, close: (patienceMs) => closed(server, patienceMs) }
}

function inWords(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === "EADDRINUSE") return new Error(`port ${port} is taken; set PORT to another one`, { cause: error })
  if (error.code === "EACCES") return new Error(`port ${port} may not be opened by this user; set PORT above 1023`, { cause: error })
  return error
}

function closed(server: Server, patienceMs: number): Promise<"drained" | "cut"> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => {
      server.closeAllConnections()
      resolve("cut")
    }, patienceMs)
    // connections kept alive are idle between two requests; they are closed as they fall idle
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(patience)
      clearInterval(idle)
      resolve("drained")
    })
  })
}
