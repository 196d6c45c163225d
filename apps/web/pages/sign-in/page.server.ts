import { inTransaction, looksLikeBankCardNumber } from "@mila/kernel"
import { passkeySiteOf, SESSION_POLICY, signInWithPasskey, signInWithPassword } from "@mila/members"
import { passkeyDoubted } from "@mila/membership"
import { redirect } from "react-router"
import { formText } from "../parts/form-text.ts"
import type { Visit } from "../../visit.ts"
import { onTheWay, pathIn, safeNext } from "../parts/address.ts"
import { remember, arrive } from "../parts/enter.server.ts"
import { askAgain, askCode, proveCode, refusalOf, sentOf, stepOf } from "../parts/flow.server.ts"
import { knownAlready } from "../register/page.server.ts"
import { type Refused, refused } from "../words/refused.server.ts"
import { SIGN_IN } from "./words.ts"

/** The form, or the code's when one was asked for. */
export async function signingIn(visit: Visit, next: string | null) {
  const step = await inTransaction(visit.db, (tx) => stepOf(visit, tx, ["sign_in"]))
  return {
    passkeys: passkeySiteOf(visit.site.publicUrl) !== null,
    words: SIGN_IN[visit.locale],
    sent: sentOf(step),
    ways: { recover: onTheWay("/recover", next), register: onTheWay("/register", next) },
  }
}

export type Answer = { refused: Refused; phone: string }

/** Phone and password, a passkey, a code asked for, or the code itself. What is answered is the same for known and unknown people (security rule 27). */
export async function signIn(visit: Visit, form: FormData, next: string | null): Promise<Response | Answer> {
  const { locale, cookies } = visit
  const here = onTheWay(pathIn(locale, "/sign-in"), next)
  const text = (name: string, most?: number) => formText(form, name, most)
  const phone = text("phone")
  if (looksLikeBankCardNumber(phone)) return { refused: refused("bank_card_number", locale), phone: "" }
  try {
    switch (text("step")) {
      case "ask": {
        const { wait } = await askCode(visit, { purpose: "sign_in", phone, by: "sms" })
        return wait > 0 ? { refused: refused("too_often", locale, { wait, field: "phone" }), phone } : redirect(here)
      }
      case "resend":
      case "resend-mail": {
        const { wait } = await askAgain(visit, { purposes: ["sign_in"], by: text("step") === "resend" ? "sms" : "email" })
        return wait > 0 ? { refused: refused("too_often", locale, { wait }), phone } : redirect(here)
      }
      case "other":
        cookies.forget("flow")
        return redirect(here)
      case "code":
        if (!(await proveCode(visit, { purposes: ["sign_in"], code: text("code") })))
          return { refused: refused("code_invalid", locale), phone: "" }
        return (await knownAlready(visit, next)) ?? redirect(onTheWay(pathIn(locale, "/register"), next))
      case "passkey":
        return await withPasskey(visit, { answer: text("passkey", 20_000), next })
      default:
        return await withPassword(visit, { phone, password: text("password", 1_000), next })
    }
  } catch (error) {
    return { refused: refused(refusalOf(error), locale), phone }
  }
}

async function withPassword(
  visit: Visit,
  { phone, password, next }: { phone: string; password: string; next: string | null },
): Promise<Response | Answer> {
  const { db, device, deviceName, ip, clock, locale, cookies } = visit
  const asked = { phone, password, device, deviceName, kind: "web", ip, at: clock.now() } as const
  const outcome = await signInWithPassword(db, asked, (tx, signedIn) => arrive(visit, tx, signedIn))
  if (outcome.outcome === "wait") return { refused: refused("too_often", locale, { wait: outcome.seconds, field: "password" }), phone }
  if (outcome.outcome === "failed") return { refused: refused("sign_in_failed", locale), phone }
  cookies.set("session", outcome.token, { days: SESSION_POLICY.web.allDays })
  return redirect(safeNext(next, locale))
}

async function withPasskey(visit: Visit, { answer, next }: { answer: string; next: string | null }): Promise<Response | Answer> {
  const { db, device, deviceName, ip, clock, locale, site } = visit
  const passkeys = passkeySiteOf(site.publicUrl)
  if (!passkeys) return { refused: refused("passkey_failed", locale), phone: "" }
  const at = clock.now()
  const asked = { answer, site: passkeys, device, deviceName, kind: "web", ip, at } as const
  const outcome = await signInWithPasskey(db, asked, {
    signedIn: (tx, signedIn) => arrive(visit, tx, signedIn),
    doubted: (tx, { memberId }) => passkeyDoubted(tx, { memberId, at }),
  })
  if (outcome.outcome === "wait") return { refused: refused("too_often", locale, { wait: outcome.seconds }), phone: "" }
  if (outcome.outcome === "failed") return { refused: refused("passkey_failed", locale), phone: "" }
  remember(visit, outcome)
  return redirect(safeNext(next, locale))
}
