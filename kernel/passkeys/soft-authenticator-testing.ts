import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server"
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto"

/** What a hostile page or a broken phone would do differently; whatever is not said is as it should be. */
export type Twist = {
  origin?: string
  domain?: string
  /** the phone saw its owner: finger, face or screen lock */
  verified?: boolean
  present?: boolean
  counter?: number
  challenge?: string
  handle?: string | null
  type?: string
  crossOrigin?: boolean
  synced?: boolean
  /** an id it did not make itself */
  credentialId?: Buffer
  /** signed by another key than the one that was registered */
  forged?: boolean
}

type Held = { id: Buffer; domain: string; handle: string; keys: { publicKey: KeyObject; privateKey: KeyObject }; counter: number }

/**
 * A phone that makes passkeys and signs with them (WebAuthn Level 3: ES256, no attestation), at pages of `origin`. `counts` as a security key does;
 * `synced` as in a key chain, whose counter stands at 0. Answers what a browser would send, a JSON text.
 */
export class SoftAuthenticator {
  readonly held: Held[] = []
  readonly #origin: string
  readonly #counts: boolean
  readonly #synced: boolean

  constructor({ origin, counts = false, synced = true }: { origin: string; counts?: boolean; synced?: boolean }) {
    this.#origin = origin
    this.#counts = counts
    this.#synced = synced
  }

  make(options: PublicKeyCredentialCreationOptionsJSON, twist: Twist = {}): string {
    const { excludeCredentials = [], rp, user, challenge } = options
    if (this.held.some(({ id }) => excludeCredentials.some((one) => one.id === id.toString("base64url"))))
      throw new Error("InvalidStateError: there is one already")
    const domain = rp.id ?? ""
    const held = {
      id: twist.credentialId ?? randomBytes(32),
      domain,
      handle: user.id,
      keys: generateKeyPairSync("ec", { namedCurve: "P-256" }),
      counter: 0,
    }
    this.held.push(held)
    const { x, y } = held.keys.publicKey.export({ format: "jwk" })
    const key = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytesOf(x!)],
        [-3, bytesOf(y!)],
      ]),
    )
    const idLength = Buffer.from([held.id.length >> 8, held.id.length & 255])
    const attested = Buffer.concat([Buffer.alloc(16), idLength, held.id, key])
    const authData = Buffer.concat([this.#head(held, { ...twist, domain: twist.domain ?? domain }, 0x40), attested])
    const object = cbor(
      new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData],
      ]),
    )
    const said = this.#said("webauthn.create", challenge, twist)
    return this.#answer(held, { clientDataJSON: said, attestationObject: object.toString("base64url"), transports: ["internal", "hybrid"] })
  }

  /** Signs with the passkey asked for, or with the newest one. */
  sign(options: PublicKeyCredentialRequestOptionsJSON, twist: Twist = {}): string {
    const allowed = options.allowCredentials?.map(({ id }) => id) ?? []
    const held = this.held.findLast(({ id }) => allowed.length === 0 || allowed.includes(id.toString("base64url")))
    if (!held) throw new Error("NotAllowedError: no passkey here")
    if (this.#counts) held.counter += 1
    const authData = this.#head(held, { ...twist, domain: twist.domain ?? held.domain }, 0)
    const said = this.#said("webauthn.get", options.challenge, twist)
    const signed = Buffer.concat([authData, createHash("sha256").update(Buffer.from(said, "base64url")).digest()])
    const { privateKey } = twist.forged ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : held.keys
    const handle = twist.handle === undefined ? held.handle : twist.handle
    return this.#answer(held, {
      clientDataJSON: said,
      authenticatorData: authData.toString("base64url"),
      signature: sign("sha256", signed, privateKey).toString("base64url"),
      ...(handle === null ? {} : { userHandle: handle }),
    })
  }

  #head(held: Held, { domain = "", present = true, verified = true, synced = this.#synced, counter = held.counter }: Twist, more: number) {
    const flags = more | (present ? 0x01 : 0) | (verified ? 0x04 : 0) | (synced ? 0x08 | 0x10 : 0)
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(counter)
    return Buffer.concat([createHash("sha256").update(domain).digest(), Buffer.from([flags]), counted])
  }

  #said(type: string, challenge: string, twist: Twist): string {
    const { origin = this.#origin, crossOrigin = false } = twist
    const said = { type: twist.type ?? type, challenge: twist.challenge ?? challenge, origin, crossOrigin }
    return Buffer.from(JSON.stringify(said)).toString("base64url")
  }

  #answer({ id }: Held, response: Record<string, unknown>): string {
    const named = id.toString("base64url")
    return JSON.stringify({ id: named, rawId: named, type: "public-key", response, clientExtensionResults: {} })
  }
}

const bytesOf = (text: string): Buffer => Buffer.from(text, "base64url")

/** As much of CBOR (RFC 8949) as a phone writes. */
function cbor(value: unknown): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value)
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)])
  throw new Error("a phone writes nothing like it")
}

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count])
  return count < 256 ? Buffer.from([(major << 5) | 24, count]) : Buffer.from([(major << 5) | 25, count >> 8, count & 255])
}
