import { inTransaction } from "@mila/kernel"
import { isFreshlyProven } from "@mila/members"
import { everythingOf } from "@mila/membership"
import { personalDataPdf } from "@mila/papers"
import { redirect } from "react-router"
import { pathIn } from "../../parts/address.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { asPaper } from "./everything.server.ts"

/** Everything we hold of a person, to read or to carry elsewhere. Takes a fresh proof of who it is (security case A56): a file is easier taken than read. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const at = clock.now()
  if (!isFreshlyProven(session, at)) return redirect(`${pathIn(locale, "/my/devices")}?prove=${encodeURIComponent("/my/data")}`)
  const asPdf = new URL(loading.request.url).searchParams.get("as") === "pdf"
  const everything = await inTransaction(db, (tx) => everythingOf(tx, { memberId: session.memberId, locale, at }))
  const body = asPdf ? new Uint8Array(await personalDataPdf(asPaper(everything, locale), locale)) : JSON.stringify(everything, null, 2)
  const [type, name] = asPdf ? ["application/pdf", "mila-my-data.pdf"] : ["application/json; charset=utf-8", "mila-my-data.json"]
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  })
}
