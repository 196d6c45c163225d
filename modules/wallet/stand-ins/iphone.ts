import { unzipSync } from "fflate"
import { randomBytes } from "node:crypto"
import type { ApplePushStandIn } from "./apple-push.ts"

// A stand-in of an iPhone's Wallet: it keeps a pass, registers it, and asks for it again when it is told to. Of the signature it knows nothing; tests look at that.

export type Shown = Record<string, unknown> & {
  serialNumber: string
  passTypeIdentifier: string
  storeCard: Record<string, { key: string; value: unknown }[]>
}

export type Iphone = {
  deviceId: string
  pushToken: string
  /** passes by serial number, as pass.json says them */
  passes: Map<string, Shown>
  /** "GET /wallet/apple/v1/passes/… 200" and so on, as they were answered */
  asked: string[]
  /** A pass was downloaded and added; answers its serial number. */
  adds(file: Buffer): Promise<string>
  /** The push service told it: it asks what is new, and for that. */
  wakes(): Promise<void>
  /** The person deletes a pass. */
  deletes(serial: string): Promise<void>
}

type Answering = (url: string, init: RequestInit) => Promise<Response>

/** `fetching` reaches our web service: `fetch`, or a door without a port. */
export function anIphone(push: ApplePushStandIn | undefined, fetching: Answering = fetch): Iphone {
  const [deviceId, pushToken] = [randomBytes(16).toString("hex"), randomBytes(32).toString("hex")]
  const modified = new Map<string, string>()
  let upto: string | undefined
  const self: Iphone = { deviceId, pushToken, passes: new Map(), asked: [], adds, wakes, deletes }

  async function ask(pass: Shown, path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
    const url = `${String(pass["webServiceURL"])}/v1/${path}`
    const answer = await fetching(url, { redirect: "error", ...init })
    self.asked.push(`${init.method ?? "GET"} ${new URL(url).pathname} ${answer.status}`)
    return answer
  }

  async function adds(file: Buffer): Promise<string> {
    const pass = shownIn(file)
    self.passes.set(pass.serialNumber, pass)
    push?.phones.set(pushToken, () => void wakes())
    const how = { method: "POST", headers: { ...secretOf(pass), "content-type": "application/json" } }
    await ask(pass, registration(deviceId, pass), { ...how, body: JSON.stringify({ pushToken }) })
    return pass.serialNumber
  }

  async function wakes(): Promise<void> {
    const pass = self.passes.values().next().value
    if (!pass) return
    const since = upto === undefined ? "" : `?passesUpdatedSince=${encodeURIComponent(upto)}`
    const list = await ask(pass, `devices/${deviceId}/registrations/${pass.passTypeIdentifier}${since}`)
    if (list.status !== 200) return
    const { serialNumbers, lastUpdated } = (await list.json()) as { serialNumbers: string[]; lastUpdated: string }
    upto = lastUpdated
    for (const serial of serialNumbers) await renews(self.passes.get(serial)!)
  }

  async function renews(pass: Shown): Promise<void> {
    const serial = pass.serialNumber
    const since = modified.get(serial)
    const fresh = since === undefined ? {} : { "if-modified-since": since }
    const answer = await ask(pass, `passes/${pass.passTypeIdentifier}/${serial}`, { headers: { ...secretOf(pass), ...fresh } })
    if (answer.status !== 200) return
    modified.set(serial, answer.headers.get("last-modified")!)
    self.passes.set(serial, shownIn(Buffer.from(await answer.arrayBuffer())))
  }

  async function deletes(serial: string): Promise<void> {
    const pass = self.passes.get(serial)!
    await ask(pass, registration(deviceId, pass), { method: "DELETE", headers: secretOf(pass) })
    if (self.passes.delete(serial) && self.passes.size === 0) push?.phones.delete(pushToken)
  }
  return self
}

const shownIn = (file: Buffer): Shown => JSON.parse(Buffer.from(unzipSync(file)["pass.json"]!).toString()) as Shown

const secretOf = (pass: Shown) => ({ authorization: `ApplePass ${String(pass["authenticationToken"])}` })

const registration = (deviceId: string, { passTypeIdentifier, serialNumber }: Shown) =>
  `devices/${deviceId}/registrations/${passTypeIdentifier}/${serialNumber}`
