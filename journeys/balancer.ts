import { connect, createServer, type AddressInfo, type Socket } from "node:net"

/** A balancer as small as one can be: connections go round, and where nobody answers, on to the next. */
export async function openBalancer(ports: readonly number[]): Promise<{ url: string; close(): Promise<void> }> {
  const open = new Set<Socket>()
  let turn = 0
  const server = createServer((caller) => {
    open.add(caller)
    caller.on("close", () => open.delete(caller)).on("error", () => caller.destroy())
    turn += 1
    join(caller, turn, ports.length)
  })
  function join(caller: Socket, place: number, left: number): void {
    if (left === 0) return void caller.destroy()
    const upstream = connect({ port: ports[place % ports.length]!, host: "127.0.0.1" })
    upstream.once("error", () => join(caller, place + 1, left - 1))
    upstream.once("connect", () => {
      upstream.removeAllListeners("error")
      upstream.on("error", () => caller.destroy()).on("close", () => caller.destroy())
      caller.on("close", () => upstream.destroy())
      caller.pipe(upstream).pipe(caller)
    })
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const caller of open) caller.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
