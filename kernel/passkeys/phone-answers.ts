import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server"
import type { PasskeySite } from "./site.ts"

// What a phone answers (WebAuthn Level 3): read strictly here, verified by @simplewebauthn/server. Why that library, and what it costs: decision 0015.

/** EdDSA, ES256, RS256: what phones, key chains and Windows make. */
export const ALGORITHMS = [-8, -7, -257]

const LONGEST = 16_384
const TRANSPORT = /^[a-z-]{1,20}$/

type Answered = { challenge: string; credentialId: Buffer }
export type NewKeyAnswer = Answered & { response: RegistrationResponseJSON }
export type SignedAnswer = Answered & { response: AuthenticationResponseJSON; handle: string | null }

export type NewKey = { credentialId: Buffer; publicKey: Buffer; counter: number; synced: boolean; transports: string[]; maker: string }

/** The library is large (240 ms, 27 MB: it knows every make of security key), so who never looks at an answer never loads it. */
const verifier = () => import("@simplewebauthn/server")

/** Loads what answers are verified with; a door calls it before it opens, so that no request waits for it. */
export async function preparePasskeys(): Promise<void> {
  await verifier()
}

/** A new passkey as the browser sent it, a JSON text; undefined when it is none. The challenge is what it says it answers: nothing is verified yet. */
export function readNewKey(text: string): NewKeyAnswer | undefined {
  const read = readAnswer(text)
  const attestationObject = read && base64url(read.response["attestationObject"])
  if (!read || !attestationObject) return undefined
  const told = read.response["transports"]
  const transports = Array.isArray(told) ? told.filter((one) => typeof one === "string" && TRANSPORT.test(one)).slice(0, 8) : []
  const response = { clientDataJSON: read.clientDataJSON, attestationObject, transports: transports as string[] }
  return { ...read.answered, response: { ...read.credential, response } }
}

/** A signed answer as the browser sent it, a JSON text; undefined when it is none. Nothing is verified yet. */
export function readSigned(text: string): SignedAnswer | undefined {
  const read = readAnswer(text)
  const authenticatorData = read && base64url(read.response["authenticatorData"])
  const signature = read && base64url(read.response["signature"])
  if (!read || !authenticatorData || !signature) return undefined
  const response = { clientDataJSON: read.clientDataJSON, authenticatorData, signature }
  return { ...read.answered, response: { ...read.credential, response }, handle: base64url(read.response["userHandle"]) ?? null }
}

/** What a new passkey is, when the phone verified its owner and answered this challenge for this site; undefined otherwise. */
export async function verifiedNewKey({ response, challenge }: NewKeyAnswer, { domain, origin }: PasskeySite): Promise<NewKey | undefined> {
  const { verifyRegistrationResponse } = await verifier()
  const ours = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: domain }
  const options = { response, ...ours, requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS }
  const { registrationInfo } = await verifyRegistrationResponse(options).catch(() => NOTHING_NEW) // it throws at whatever is wrong
  if (!registrationInfo) return undefined
  const { credential, credentialDeviceType, aaguid } = registrationInfo
  return {
    credentialId: Buffer.from(credential.id, "base64url"),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    synced: credentialDeviceType === "multiDevice",
    transports: response.response.transports ?? [],
    maker: aaguid,
  }
}

/**
 * What a signed answer says, when it is of this key, its phone verified its owner, and it answers this challenge for this site; undefined otherwise.
 * Whether the counter went on is the caller's to see. Without a key it takes as long, and is never so.
 */
export async function verifiedSigned(
  { response, challenge }: SignedAnswer,
  { site: { domain, origin }, publicKey }: { site: PasskeySite; publicKey: Buffer | null },
): Promise<{ counter: number; synced: boolean } | undefined> {
  const { verifyAuthenticationResponse } = await verifier()
  const credential = { id: response.id, publicKey: new Uint8Array(publicKey ?? NOBODYS), counter: 0 }
  const ours = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: domain }
  const asked = { response, ...ours, credential, requireUserVerification: true }
  const { verified, authenticationInfo } = await verifyAuthenticationResponse(asked).catch(() => NOTHING_SIGNED)
  if (!verified || publicKey === null || !authenticationInfo) return undefined
  return { counter: authenticationInfo.newCounter, synced: authenticationInfo.credentialDeviceType === "multiDevice" }
}

const NOTHING_NEW = { verified: false, registrationInfo: undefined }
const NOTHING_SIGNED = { verified: false, authenticationInfo: undefined }

/** A key of P-256 whose private half was thrown away. */
const NOBODYS = Buffer.from(
  "pQECAyYgASFYIBKvEZasdo72HkeVDmy6pYZF55iVBj2NPZuCmc-naMdAIlggDJFRV7gm57ENTLQtwoAtcNtN5MUIlZL4YjzwjSs0cAA",
  "base64url",
)

function readAnswer(text: string) {
  const answer = text.length <= LONGEST ? objectIn(text) : undefined
  const response = answer && asObject(answer["response"])
  const id = answer && base64url(answer["id"])
  const clientDataJSON = response && base64url(response["clientDataJSON"])
  const said = clientDataJSON && objectIn(Buffer.from(clientDataJSON, "base64url").toString("utf8"))
  const challenge = said && base64url(said["challenge"])
  // we are in nobody's frame, and a page in one is not ours
  if (!response || !id || !clientDataJSON || !challenge || said["crossOrigin"] === true) return undefined
  const credential = { id, rawId: id, type: "public-key" as const, clientExtensionResults: {} }
  return { response, clientDataJSON, credential, answered: { challenge, credentialId: Buffer.from(id, "base64url") } }
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

const asObject = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined

const base64url = (value: unknown): string | undefined => (typeof value === "string" && /^[\w-]+$/.test(value) ? value : undefined)
