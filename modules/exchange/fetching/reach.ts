import { lookup } from "node:dns/promises"
import { request } from "node:https"
import { isOpenAddress } from "./address-rules.ts"

/** How far we reach for a picture. Tests say another one, to reach a stand-in on this machine. */
export type Reach = {
  /** all addresses a name has */
  resolve(host: string): Promise<readonly string[]>
  mayConnect(address: string): boolean
  open: typeof request
  port: number
  /** between two requests to one host */
  paceMs: number
  /** from the name to the last byte */
  mostMs: number
  mostBytes: number
}

/** The open network, by https: one request a second and host, twenty seconds, twenty megabytes. */
export const OPEN_NETWORK: Reach = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  mayConnect: isOpenAddress,
  open: request,
  ...{ port: 443, paceMs: 1_000, mostMs: 20_000, mostBytes: 20_000_000 },
}
