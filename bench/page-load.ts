import { Agent, request } from "node:http"
import { quantile } from "./server.ts"

export type Figures = { answers: number; perSecond: number; p50: number; p99: number; bytes: number }

type Asked = { paths: readonly string[]; headers?: Record<string, string>; callers: number; seconds: number }

/** Each caller keeps its connection and asks the next address as soon as it is answered, round and round. Every answer must be 200. `bytes` are those of one answer, as they were sent. */
export async function pagesAt(url: string, { paths, headers = {}, callers, seconds }: Asked): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers })
  const addresses = paths.map((path) => new URL(path, url))
  const asked = { agent, headers: { "accept-encoding": "br", "sec-fetch-site": "none", ...headers } }
  const millis: number[] = []
  let [bytes, next] = [0, 0]
  const began = performance.now()
  const until = began + seconds * 1000
  const caller = async () => {
    while (performance.now() < until) {
      const asking = performance.now()
      bytes = await answered(addresses[(next += 1) % addresses.length]!, asked)
      millis.push(performance.now() - asking)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const took = (performance.now() - began) / 1000
  agent.destroy()
  return { answers: millis.length, perSecond: millis.length / took, p50: quantile(millis, 0.5), p99: quantile(millis, 0.99), bytes }
}

function answered(address: URL, options: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(address, options, (answer) => {
      let bytes = 0
      answer.on("data", (chunk: Buffer) => (bytes += chunk.length))
      answer.on("end", () => (answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${address.pathname}: ${answer.statusCode}`))))
      answer.on("error", reject)
    })
    asked.on("error", reject)
    asked.end()
  })
}
