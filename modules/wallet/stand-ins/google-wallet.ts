import { createHmac, verify } from "node:crypto"
import { createServer, type IncomingMessage, type Server } from "node:http"
import type { LoyaltyObject, RotatingBarcode } from "../google-object.ts"

// A stand-in of Google's for tests and for trying things out: the token exchange, the part of the Wallet API that keeps loyalty cards, and what a phone does.

type Kept = Record<string, unknown> & { id: string }

export type GoogleStandIn = {
  url: string
  tokenUrl: string
  classes: Map<string, Kept>
  objects: Map<string, Kept>
  /** "POST /token" and so on, as they came */
  asked: string[]
  /** what it answers from now on: as it should, broken, that the account may not, or nothing at all */
  mood: "well" | "broken" | "forbidden" | "silent"
  /** What becomes of a member who opens a link to save a pass: the object they now have. Throws what Google would refuse. */
  opens(saveUrl: string): LoyaltyObject
  close(): Promise<void>
}

/** What the shop and Google have agreed on; `publicKey` is PEM. */
type Agreed = { issuer: string; email: string; publicKey: string }

const API = "/walletobjects/v1"
const TOKEN = "token-of-the-stand-in"
const SCOPE = "https://www.googleapis.com/auth/wallet_object.issuer"
const SAVE = "https://pay.google.com/gp/v/save/"

/** One issuer with one service account. `now` is Google's clock. */
export async function googleWalletStandIn(agreed: Agreed, { now }: { now: () => Date }): Promise<GoogleStandIn> {
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      self.asked.push(`${request.method} ${request.url}`)
      if (self.mood === "silent") return
      const { status, body } = self.mood === "broken" ? { status: 502, body: null } : answer(request, text)
      response.writeHead(status, { "content-type": body ? "application/json" : "text/html" })
      response.end(body ? JSON.stringify(body) : "<h1>Bad gateway</h1>")
    })
  })
  const answer = (request: IncomingMessage, text: string): Answer => {
    if (request.url === "/token") return exchange(text, { agreed, tokenUrl: self.tokenUrl, at: now() })
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return no(401, "UNAUTHENTICATED")
    if (self.mood === "forbidden") return no(403, "PERMISSION_DENIED")
    return keep(self, agreed, { method: request.method ?? "", path: request.url ?? "", sent: JSON.parse(text) as Kept })
  }
  const self: GoogleStandIn = {
    ...{ url: "", tokenUrl: "", classes: new Map(), objects: new Map(), asked: [], mood: "well" },
    opens: (saveUrl) => open(saveUrl, { agreed, objects: self.objects, at: now() }),
    close: () => closed(server),
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const address = server.address()
  self.url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  self.tokenUrl = `${self.url}/token`
  return self
}

/** What the phone shows in the QR code at an instant, as Google describes it: RFC 6238 over SHA-1, put into the pattern. */
export function shownBy({ valuePattern, totpDetails }: RotatingBarcode, at: Date): string {
  return valuePattern.replace(/\{totp_value_(\d)\}/g, (_, which) => {
    const { key, valueLength } = totpDetails.parameters[Number(which)]!
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / Number(totpDetails.periodMillis))))
    const digest = createHmac("sha1", Buffer.from(key, "hex")).update(counter).digest()
    const value = digest.readUInt32BE(digest[19]! & 15) & 0x7fffffff
    return String(value % 10 ** valueLength).padStart(valueLength, "0")
  })
}

type Answer = { status: number; body: object | null }

const no = (code: number, status: string, message = ""): Answer => ({ status: code, body: { error: { code, status, message } } })

/** RFC 7523: a token for a signed claim to be the account. */
function exchange(form: string, { agreed, tokenUrl, at }: { agreed: Agreed; tokenUrl: string; at: Date }): Answer {
  const fields = new URLSearchParams(form)
  const claims = claimsOf(fields.get("assertion") ?? "", agreed.publicKey)
  const seconds = at.getTime() / 1000
  const [iat, exp] = [Number(claims?.["iat"]), Number(claims?.["exp"])]
  const isGood =
    fields.get("grant_type") === "urn:ietf:params:oauth:grant-type:jwt-bearer" &&
    claims?.["iss"] === agreed.email &&
    claims["aud"] === tokenUrl &&
    claims["scope"] === SCOPE &&
    Math.abs(iat - seconds) < 300 &&
    exp > seconds &&
    exp - iat <= 3600
  if (!isGood) return { status: 400, body: { error: "invalid_grant", error_description: "Invalid JWT Signature." } }
  return { status: 200, body: { access_token: TOKEN, expires_in: 3599, token_type: "Bearer" } }
}

function keep(self: GoogleStandIn, { issuer }: Agreed, { method, path, sent }: { method: string; path: string; sent: Kept }): Answer {
  const [, kind, named] = new RegExp(`^${API}/(loyaltyClass|loyaltyObject)(?:/([^/]+))?$`).exec(path) ?? []
  if (kind === undefined) return no(404, "NOT_FOUND")
  const shelf = kind === "loyaltyClass" ? self.classes : self.objects
  const id = named === undefined ? sent.id : decodeURIComponent(named)
  if (!id.startsWith(`${issuer}.`)) return no(403, "PERMISSION_DENIED", id)
  const wrong = kind === "loyaltyClass" ? faultOfClass(sent) : faultOfObject(sent)
  if (wrong) return no(400, "INVALID_ARGUMENT", `${wrong}: ${JSON.stringify(sent)}`)
  if (kind === "loyaltyObject" && !self.classes.has(String(sent["classId"]))) return no(404, "NOT_FOUND", `no class for ${id}`)
  const before = shelf.get(id)
  if (method === "POST" && before) return no(409, "ALREADY_EXISTS", id)
  if (method === "PATCH" && !before) return no(404, "NOT_FOUND", id)
  if (method !== "POST" && method !== "PATCH") return no(405, "UNIMPLEMENTED")
  // a patch leaves what it does not name, and null takes away
  const kept = Object.fromEntries(Object.entries({ ...before, ...sent }).filter(([, value]) => value !== null))
  shelf.set(id, kept as Kept)
  return { status: 200, body: kept }
}

function faultOfClass(sent: Kept): string | undefined {
  return ["issuerName", "programName", "programLogo", "reviewStatus"].find((field) => !sent[field])
}

function faultOfObject(sent: Kept): string | undefined {
  const { classId, state, rotatingBarcode } = sent as unknown as LoyaltyObject
  if (!classId || !["ACTIVE", "INACTIVE"].includes(state)) return "classId, state"
  if (!rotatingBarcode) return undefined
  const { algorithm, parameters } = rotatingBarcode.totpDetails
  const isKnown = algorithm === "TOTP_SHA1" && parameters.every(({ key }) => /^(?:[\dA-F]{2}){16,}$/i.test(key))
  return isKnown ? undefined : "totpDetails"
}

function open(saveUrl: string, { agreed, objects, at }: { agreed: Agreed; objects: Map<string, Kept>; at: Date }): LoyaltyObject {
  const claims = saveUrl.startsWith(SAVE) ? claimsOf(saveUrl.slice(SAVE.length), agreed.publicKey) : undefined
  if (!claims) throw new Error("not signed by the issuer's account")
  if (claims["iss"] !== agreed.email || claims["aud"] !== "google" || claims["typ"] !== "savetowallet")
    throw new Error("not meant for saving")
  if (Math.abs(Number(claims["iat"]) - at.getTime() / 1000) > 300) throw new Error("issued at another time")
  const { loyaltyObjects } = claims["payload"] as { loyaltyObjects: Kept[] }
  const kept = objects.get(loyaltyObjects[0]!.id)
  if (!kept) throw new Error("no such object")
  return kept as unknown as LoyaltyObject
}

/** The claims of a token, if its signature is the account's. */
function claimsOf(token: string, publicKey: string): Record<string, unknown> | undefined {
  const [header = "", claims = "", signature = ""] = token.split(".")
  const json = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString() || "{}") as Record<string, unknown>
  const isSigned = verify("sha256", Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, "base64url"))
  return isSigned && json(header)["alg"] === "RS256" ? json(claims) : undefined
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ""
  for await (const chunk of request) text += String(chunk)
  return text
}

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })
