import type { Locale, Tx } from "@mila/kernel"
import { personalDataPdf } from "@mila/papers"
import { openCopyLink } from "@mila/privacy"
import { copyPaper } from "./copy-paper.ts"
import { everythingOf } from "./everything.ts"
import { tellMemberEverywhere } from "./tell.ts"

/** A copy as it is handed out; `bytes` of a JSON file are text. */
export type OwnCopy = { type: string; name: string; bytes: Uint8Array<ArrayBuffer> | string }

type Taking = { token: string; memberId: number; sessionId: number; device: string; locale: Locale; at: Date }

/**
 * Everything we hold of a member, as the file their link was made for; the link is spent, and they hear that a copy was taken and on which device. A file is
 * easier carried away than read, so the link was given for a fresh proof alone (security case A56). Refuses `copy_unavailable`.
 */
export async function takeOwnCopy(tx: Tx, { token, memberId, sessionId, device, locale, at }: Taking): Promise<OwnCopy> {
  const form = await openCopyLink(tx, { token, memberId, sessionId, at })
  const everything = await everythingOf(tx, { memberId, locale, at })
  await tellMemberEverywhere(tx, { memberId, template: "copy_taken", params: { device }, at })
  if (form === "json")
    return { type: "application/json; charset=utf-8", name: "mila-my-data.json", bytes: JSON.stringify(everything, null, 2) }
  const bytes = new Uint8Array(await personalDataPdf(copyPaper(everything, locale), locale))
  return { type: "application/pdf", name: "mila-my-data.pdf", bytes }
}
