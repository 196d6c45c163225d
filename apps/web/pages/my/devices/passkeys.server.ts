import { dayIn, inTransaction, MINSK, momentText, type Tx } from "@mila/kernel"
import { memberHandle, namePasskey, type Passkey, passkeySiteOf, passkeysOf, proveWithPasskey, wakePasskey } from "@mila/members"
import { addOwnPasskey, passkeyDoubted, removeOwnPasskey } from "@mila/membership"
import { formText } from "../../parts/form-text.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { PASSKEYS, type PasskeyWords } from "./passkey-words.ts"

const LONGEST_ANSWER = 20_000

/** The member's passkeys as they read them, and what their phone is told of them; null on a site that can have none. */
export async function passkeysShown({ clock, locale, session: { memberId }, site }: MemberVisit, tx: Tx) {
  const passkeys = passkeySiteOf(site.publicUrl)
  if (!passkeys) return null
  const words = PASSKEYS[locale]
  const today = dayIn(MINSK, clock.now())
  const moment = (at: Date) => momentText(at, locale, today)
  const held = await passkeysOf(tx, memberId)
  const here = held.filter(({ domain }) => domain === passkeys.domain)
  return {
    words,
    elsewhere: words.elsewhere.replace("{address}", passkeys.origin.replace("https://", "")),
    list: held.map((one) => ({
      passkeyId: one.passkeyId,
      name: one.name === "?" ? words.nameless : one.name,
      state: one.state,
      note: noteOf(one, words, passkeys.domain),
      says: [
        words.made.replace("{at}", moment(one.madeAt)),
        one.usedAt ? words.used.replace("{at}", moment(one.usedAt)) : words.neverUsed,
        ...(one.synced ? [words.synced] : []),
      ].join(" · "),
    })),
    mayProve: here.some(({ state }) => state === "awake"),
    accepted: {
      rpId: passkeys.domain,
      userId: memberHandle(tx, memberId),
      allAcceptedCredentialIds: here.map(({ credentialId }) => credentialId.toString("base64url")),
    },
  }
}

function noteOf({ state, domain }: Passkey, words: PasskeyWords, ours: string): string | null {
  if (state === "asleep") return words.asleep
  if (state === "doubted") return words.doubted
  return domain === ours ? null : words.otherDomain.replace("{domain}", domain)
}

export const PASSKEY_ACTS = ["add-passkey", "wake-passkey", "remove-passkey", "name-passkey"] as const
type PasskeyAct = (typeof PASSKEY_ACTS)[number]

export const isPasskeyAct = (act: string): act is PasskeyAct => PASSKEY_ACTS.some((one) => one === act)

/** Adds, wakes, removes or names a passkey; answers which word of `done` tells it. The caller has seen to a fresh proof for what is grave. */
export async function actOnPasskeys(visit: MemberVisit, act: PasskeyAct, form: FormData): Promise<string> {
  const { db, clock, session, site, deviceName } = visit
  const { memberId, sessionId } = session
  const at = clock.now()
  const passkeyId = Number(form.get("passkey-id")) || 0
  const by = `member:${memberId}` as const
  switch (act) {
    case "add-passkey": {
      const passkeys = passkeySiteOf(site.publicUrl)
      const answer = formText(form, "passkey", LONGEST_ANSWER)
      if (passkeys) await addOwnPasskey(db, { memberId, sessionId, answer, site: passkeys, deviceName, at })
      return "passkeyAdded"
    }
    case "wake-passkey":
      await inTransaction(db, (tx) => wakePasskey(tx, { memberId, passkeyId, at, by }))
      return "passkeyWoken"
    case "remove-passkey":
      await inTransaction(db, (tx) => removeOwnPasskey(tx, { memberId, passkeyId, keep: sessionId, at }))
      return "passkeyRemoved"
    case "name-passkey":
      await inTransaction(db, (tx) => namePasskey(tx, { memberId, passkeyId, name: formText(form, "name") }))
      return "passkeyNamed"
  }
}

/** Whether a passkey of the member's proved that it is still them who is here. */
export async function provedWithPasskey({ db, clock, session, site }: MemberVisit, form: FormData): Promise<boolean> {
  const passkeys = passkeySiteOf(site.publicUrl)
  if (!passkeys) return false
  const { memberId, sessionId } = session
  const at = clock.now()
  const answer = formText(form, "passkey", LONGEST_ANSWER)
  const asked = { memberId, sessionId, answer, site: passkeys, at }
  return proveWithPasskey(db, asked, { doubted: (tx) => passkeyDoubted(tx, { memberId, at }) })
}
