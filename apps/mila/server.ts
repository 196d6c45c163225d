import { createAdaptorServer } from "@hono/node-server"
import type { Hono } from "hono"
import type { Server } from "node:http"
import { type AddressInfo, Server as NetServer } from "node:net"

export type Listening = {
  port: number
  /** Takes no more connections and waits for the requests under way, `patienceMs` at most; what is not answered then is cut. */
  close(patienceMs: number): Promise<"drained" | "cut">
}

/** How long we wait for whoever sends slowly, in milliseconds: with the pause between two looks no connection holds on for more than half a minute (A52). */
export const PATIENCE = { headersMs: 10_000, requestMs: 25_000, lookEveryMs: 5_000 }

/** Opens the port. Errors: a sentence when the port is taken or may not be opened. */
export async function listen(
  app: Hono<any>,
  { port, host, patience = PATIENCE }: { port: number; host: string; patience?: typeof PATIENCE },
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs, // to receive a request whole
      keepAliveTimeout: 65_000, // longer than balancers keep theirs
      connectionsCheckingInterval: patience.lookEveryMs,
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

/** A caller that keeps its connection learns from an answer within this time that it should open another one. */
const GOODBYE_MS = 400

function closed(server: Server, patienceMs: number): Promise<"drained" | "cut"> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => {
      server.closeAllConnections()
      resolve("cut")
    }, patienceMs)
    // Node's own close() cuts connections that are idle this instant, with a request perhaps already on its way to them
    NetServer.prototype.close.call(server, () => {
      clearTimeout(patience)
      clearInterval(idle)
      resolve("drained")
    })
    const since = performance.now()
    const idle = setInterval(() => {
      if (performance.now() - since >= GOODBYE_MS) server.closeIdleConnections()
    }, 50)
  })
}
