import { dayIn, inTransaction, MINSK, momentText, money } from "@mila/kernel"
import { claimsOfPerson } from "@mila/pricecheck"
import { shopsByCode } from "@mila/shops"
import { To } from "../parts/link.tsx"
import { placeText } from "../parts/place.ts"
import { type Loading, visitOf } from "../visit-context.ts"
import { PRICE } from "./words.ts"

/** The claims of a member, or those a guest made in this browser, with their answers. */
export async function loader(loading: Loading) {
  const { db, clock, locale, session, device } = visitOf(loading)
  const words = PRICE[locale]
  const memberId = session?.memberId ?? null
  const { claims, shops } = await inTransaction(db, async (tx) => {
    const found = await claimsOfPerson(tx, { memberId, device })
    const named = await shopsByCode(tx, [...new Set(found.map(({ shop }) => shop))])
    return { claims: found, shops: named }
  })
  const made = Number(new URL(loading.request.url).searchParams.get("made"))
  const mine = claims.find(({ claimId }) => claimId === made)
  const where = mine?.memberId ? words.andPhone : mine?.contact ? words.andContact : ""
  return {
    words,
    made: mine ? words.claimMade.replace("{number}", String(made)).replace("{where}", where) : null,
    claims: claims.map(({ claimId, shown, shop, shownAt, tillMinor, state, answer }) => ({
      ...{ claimId, name: shown.name[locale], answer, state: state === "open" ? words.claimOpen : words.claimAnswered },
      prices: words.claimLine.replace("{shown}", money(shown.cardMinor, locale)).replace("{till}", money(tillMinor, locale)),
      where: [shops.has(shop) && placeText(shops.get(shop)!, locale), momentText(shownAt, locale, dayIn(MINSK, clock.now()))]
        .filter(Boolean)
        .join(", "),
    })),
  }
}

export default function Claims({ loaderData: { words, made, claims } }: { loaderData: Awaited<ReturnType<typeof loader>> }) {
  return (
    <main id="main" className="page narrow">
      <title>{words.claims}</title>
      <meta name="robots" content="noindex" />
      <h1>{words.claims}</h1>
      {made && (
        <p className="notice" role="status">
          {made}
        </p>
      )}
      {claims.length === 0 && <p className="empty">{words.noClaims}</p>}
      <ul className="claims">
        {claims.map(({ claimId, name, where, prices, state, answer }) => (
          <li key={claimId} className="panel">
            <p className="soft num">№ {claimId}</p>
            <h2>{name}</h2>
            <p>{prices}</p>
            <p className="soft">{where}</p>
            <p>
              <b>{state}</b>
              {answer && `: ${answer}`}
            </p>
          </li>
        ))}
      </ul>
      <p className="row">
        <To className="button quiet wide" to="/price-check">
          {words.title}
        </To>
      </p>
    </main>
  )
}
