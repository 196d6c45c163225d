import { inTransaction } from "@mila/kernel"
import { statementPaper } from "@mila/membership"
import { statementCsv, statementPdf } from "@mila/papers"
import { FRAME } from "../../words/frame.ts"
import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { RECEIPTS } from "../receipts/words.ts"

/** The last thousand movements of available points, as a paper or as a table for a spreadsheet. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session } = memberVisitOf(loading)
  const at = clock.now()
  const words = { chain: FRAME[locale].brand, sale: RECEIPTS[locale].sale, return: RECEIPTS[locale].return }
  const asPdf = new URL(loading.request.url).searchParams.get("as") === "pdf"
  const paper = await inTransaction(db, (tx) => statementPaper(tx, { memberId: session.memberId, words, locale, at }))
  const body = asPdf ? new Uint8Array(await statementPdf(paper, locale)) : statementCsv(paper, locale)
  const [type, name] = asPdf ? ["application/pdf", "mila-points.pdf"] : ["text/csv; charset=utf-8", "mila-points.csv"]
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  })
}
