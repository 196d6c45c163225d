import { inTransaction, timeText } from "@mila/kernel"
import { isFreshlyProven } from "@mila/members"
import { takeOwnCopy } from "@mila/membership"
import { COPY_FORMS, type CopyForm, makeCopyLink } from "@mila/privacy"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { refusalOf } from "../../parts/flow.server.ts"
import { type Refused, refused } from "../../words/refused.server.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { COPY } from "./copy-words.ts"
import { DATA } from "./words.ts"

/** Where a copy is asked for; `gone`: a link that opens nothing led here. */
export function myCopy({ clock, locale, session }: MemberVisit, { gone }: { gone: boolean }) {
  const { prove, proveSays, proveDo, title: back } = DATA[locale]
  return {
    words: { ...COPY[locale], prove, proveSays, proveDo, back },
    proven: isFreshlyProven(session, clock.now()),
    gone: gone ? refused("copy_unavailable", locale).says : null,
  }
}

export type Made = { links: { form: CopyForm; href: string }[]; until: string }

/** Links to a copy in each form, for who proved lately that it is them (security case A56). */
export async function askForCopy({ db, clock, locale, session }: MemberVisit): Promise<Made | { refused: Refused }> {
  const at = clock.now()
  if (!isFreshlyProven(session, at)) return { refused: refused("reauth_required", locale) }
  return inTransaction(db, async (tx) => {
    const made = []
    for (const form of COPY_FORMS) made.push({ form, ...(await makeCopyLink(tx, { ...session, form, at })) })
    const links = made.map(({ form, token }) => ({ form, href: pathIn(locale, `/my/data/copy/${token}`) }))
    return { links, until: timeText(made[0]!.until) }
  })
}

/** The file of a link, for this once; a link that opens nothing leads to where another is asked for, whatever is wrong with it. */
export async function takeCopy({ db, clock, locale, session }: MemberVisit, token: string): Promise<Response> {
  const asked = { token, ...session, locale, at: clock.now() }
  try {
    const { type, name, bytes } = await inTransaction(db, (tx) => takeOwnCopy(tx, asked))
    return new Response(bytes, {
      headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
    })
  } catch (error) {
    refusalOf(error)
    return redirect(`${pathIn(locale, "/my/data/copy")}?gone=1`, { headers: { "cache-control": "no-store" } })
  }
}
