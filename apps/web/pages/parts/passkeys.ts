import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser"

// Passkeys in the browser. Its part of the work is loaded when it is wanted; without script, or in a browser that knows none, nothing is missed.

const OFFERED_ANEW_MS = 4 * 60_000 // what we ask to be signed is good for five

const browser = () => import("@simplewebauthn/browser")

/** Whether passkeys work here: the browser knows them, and the page stands at our public address, the only one they are made for. */
export const canUsePasskeys = (publicUrl: string): boolean =>
  "PublicKeyCredential" in window && isSecureContext && location.origin === new URL(publicUrl).origin

/** What our server says no with, or the phone's owner with a shrug (`cancelled`). */
export class PasskeyRefused extends Error {}

let asked = 0 // whoever touched a button is being asked just now: an offer would take the question from under their finger

/** Has the phone sign, asking its owner which passkey; the answer as a text for our server. Errors: PasskeyRefused. */
export async function signWithPasskey(path: string, asking: Record<string, string> = {}): Promise<string> {
  asked += 1
  try {
    const optionsJSON = await optionsFrom<PublicKeyCredentialRequestOptionsJSON>(path, asking)
    const { startAuthentication } = await browser()
    return JSON.stringify(await startAuthentication({ optionsJSON }).catch(refusing))
  } finally {
    asked -= 1
  }
}

/** Has the phone make a passkey; the answer as a text for our server. Errors: PasskeyRefused. */
export async function makePasskey(path: string, asking: Record<string, string>): Promise<string> {
  const optionsJSON = await optionsFrom<PublicKeyCredentialCreationOptionsJSON>(path, asking)
  const { startRegistration } = await browser()
  return JSON.stringify(await startRegistration({ optionsJSON }).catch(refusing))
}

/**
 * Lets the browser offer passkeys where it offers phone numbers: in the field whose `autocomplete` ends with `webauthn`. Silent where that is not known,
 * and when it is refused. Asks anew before what it asked for is too old. Answers how to stop it.
 */
export function offerPasskeys(path: string, chosen: (answer: string) => void): () => void {
  let stopped = false
  let offeredAt = -Infinity
  const offer = async () => {
    if (document.hidden || asked > 0 || performance.now() - offeredAt < OFFERED_ANEW_MS) return
    offeredAt = performance.now()
    const { browserSupportsWebAuthnAutofill, startAuthentication } = await browser()
    if (!(await browserSupportsWebAuthnAutofill())) return
    const optionsJSON = await optionsFrom<PublicKeyCredentialRequestOptionsJSON>(path, {})
    if (stopped || asked > 0) return
    const answer = await startAuthentication({ optionsJSON, useBrowserAutofill: true })
    if (!stopped) chosen(JSON.stringify(answer))
  }
  const quietly = () => void offer().catch(() => undefined)
  quietly()
  const again = setInterval(quietly, 10_000)
  return () => {
    stopped = true
    clearInterval(again)
    if (offeredAt > 0) void browser().then(({ WebAuthnAbortService }) => WebAuthnAbortService.cancelCeremony())
  }
}

export type Accepted = { rpId: string; userId: string; allAcceptedCredentialIds: string[] }

/** Tells the phone which of its passkeys we still take, so that it doesn't offer those that were removed here. Few browsers listen yet. */
export function tellAccepted(accepted: Accepted): void {
  const known = PublicKeyCredential as unknown as { signalAllAcceptedCredentials?: (accepted: Accepted) => Promise<void> }
  void known.signalAllAcceptedCredentials?.(accepted).catch(() => undefined)
}

async function optionsFrom<Options>(path: string, asking: Record<string, string>): Promise<Options> {
  const body = new URLSearchParams(asking)
  const answer = await fetch(path, { method: "POST", body, headers: { accept: "application/json" } })
  const told = (await answer.json()) as { options: Options } | { refused: string }
  if ("refused" in told) throw new PasskeyRefused(told.refused)
  return told.options
}

/** Somebody changed their mind, let it run out or has none; or the phone holds one already. Whatever else it is, they can do nothing about it either. */
function refusing(error: unknown): never {
  throw new PasskeyRefused((error as Error).name === "InvalidStateError" ? "known" : "cancelled")
}
