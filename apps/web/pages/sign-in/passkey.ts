import { inTransaction } from "@mila/kernel"
import { askToSignIn, passkeySiteOf } from "@mila/members"
import { data, redirect } from "react-router"
import { pathIn } from "../parts/address.ts"
import { type Loading, visitOf } from "../visit-context.ts"

/** What a browser has signed to sign in with a passkey. It names nobody: the same for whoever asks. */
export async function action(loading: Loading) {
  const { db, clock, device, ip, site } = visitOf(loading)
  const at = clock.now()
  const passkeys = passkeySiteOf(site.publicUrl)
  if (!passkeys) return data({ refused: "other" }, 404)
  const asked = await inTransaction(db, (tx) => askToSignIn(tx, { device, ip, site: passkeys, at }))
  if ("options" in asked) return data(asked)
  return data({ refused: "too_often" }, { status: 429, headers: { "retry-after": String(asked.retryAfterSeconds) } })
}

export const loader = (loading: Loading) => redirect(pathIn(visitOf(loading).locale, "/sign-in"))
