import { promotionsAt } from "@mila/catalog"
import { counted, reading, together } from "@mila/kernel"
import { countShops } from "@mila/shops"
import type { Visit } from "../../visit.ts"
import { pathIn } from "../parts/address.ts"
import { seoOf } from "../parts/seo.server.ts"
import { shelfOf } from "../parts/shelf.server.ts"
import { shelvesFor } from "../parts/tile.server.ts"
import { viewedThings } from "../parts/viewed.server.ts"
import { untilOf } from "../promo/until.server.ts"
import { HOME, SHOPS } from "./words.ts"

const ON_SHELF = 10
const IN_HERO = 3

/** The shop's front page: what runs, what is new, what others buy, and what the card is good for. */
export async function front(visit: Visit) {
  const { db, clock, locale, session, finder, site } = visit
  const at = clock.now()
  const [[shops, promotions, seen], catalogue, ...shelves] = await Promise.all([
    reading(db, (tx) => together([countShops(tx), promotionsAt(tx, at), viewedThings(tx, visit)])),
    finder.words(),
    shelfOf(visit, { filters: { novel: true }, sort: "popular", limit: ON_SHELF }),
    shelfOf(visit, { sort: "popular", limit: ON_SHELF + IN_HERO }),
    shelfOf(visit, { filters: { discounted: true }, sort: "discount", limit: ON_SHELF }),
  ])
  const [viewed, novel, popular, discounted] = await shelvesFor(visit, [seen, ...shelves])
  const words = HOME[locale]
  return {
    words,
    shops: words.shops.replace("{shops}", counted(shops, SHOPS[locale], locale)),
    signedIn: session !== undefined,
    sections: catalogue.under(null).map(({ path, name }) => ({ path, name: name[locale] })),
    promotions: promotions.map(({ code, name, look, endsAt }) => ({
      ...{ code, look, name: name[locale] },
      until: untilOf(endsAt, { at, locale }),
    })),
    viewed: viewed.slice(0, ON_SHELF),
    ...{ novel, popular, discounted },
    seo: seoOf(visit, {
      title: words.title,
      description: words.lead,
      path: "/",
      isOwn: true,
      things: [organisation(site.publicUrl, pathIn(locale, "/search"))],
    }),
  }
}

const organisation = (publicUrl: string, search: string): object => ({
  "@type": "WebSite",
  ...{ url: publicUrl, name: "Мила" },
  potentialAction: {
    "@type": "SearchAction",
    target: `${publicUrl}${search}?q={search_term_string}`,
    "query-input": "required name=search_term_string",
  },
})
