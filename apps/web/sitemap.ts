import { catalogWords, groupsToIndex, lastGroup, promotionsAt } from "@mila/catalog"
import { type Clock, type Db, inTransaction, LOCALES } from "@mila/kernel"
import { listShops } from "@mila/shops"
import { Hono } from "hono"
import { pathIn } from "./pages/parts/address.ts"
import type { Site } from "./visit.ts"

const ON_FILE = 5_000 // things in a file, each in three languages (sitemaps.org: at most 50,000 addresses)
const HOUR = { "content-type": "application/xml; charset=utf-8", "cache-control": "public, max-age=3600" }

/** `/sitemap.xml` and the files it names: every page a search engine may list. */
export function sitemap({ db, clock, site }: { db: Db; clock: Clock; site: Site }): Hono {
  const app = new Hono()
  const file = (paths: readonly string[]): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${paths
      .flatMap((path) => LOCALES.map((locale) => oneUrl(site.publicUrl, path, locale)))
      .join("")}</urlset>\n`
  app.get("/sitemap.xml", async (c) => {
    const last = await inTransaction(db, lastGroup)
    const files = ["pages", ...Array.from({ length: Math.ceil(last / ON_FILE) }, (_, place) => `goods-${place + 1}`)]
    const rows = files.map((name) => `<sitemap><loc>${site.publicUrl}/sitemap-${name}.xml</loc></sitemap>`).join("")
    return c.body(
      `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${rows}</sitemapindex>\n`,
      200,
      HOUR,
    )
  })
  app.get("/sitemap-pages.xml", async (c) => {
    const paths = await inTransaction(db, async (tx) => {
      const { categories, brands } = await catalogWords(tx)
      const promotions = await promotionsAt(tx, clock.now())
      const shops = await listShops(tx, { state: "open", most: 10_000 })
      return [
        ...["/", "/catalog", "/brands", "/shops", "/price-check", "/about"],
        ...categories.filter(({ isFilled }) => isFilled).map(({ path }) => `/catalog/${path}`),
        ...brands.map(({ slug }) => `/brands/${slug}`),
        ...promotions.map(({ code }) => `/promo/${code}`),
        ...shops.map(({ code }) => `/shops/${code}`),
      ]
    })
    return c.body(file(paths), 200, HOUR)
  })
  app.get("/:file{sitemap-goods-[1-9]\\d{0,4}\\.xml}", async (c) => {
    const place = Number(/\d+/.exec(c.req.param("file"))![0]) - 1
    const groups = await inTransaction(db, (tx) => groupsToIndex(tx, { after: place * ON_FILE, most: ON_FILE }))
    const shown = groups.filter(({ no, state }) => state === "shown" && no <= (place + 1) * ON_FILE)
    return shown.length === 0 ? c.notFound() : c.body(file(shown.map(({ slug }) => `/p/${slug}`)), 200, HOUR)
  })
  return app
}

function oneUrl(publicUrl: string, path: string, locale: (typeof LOCALES)[number]): string {
  const others = LOCALES.map((other) => `<xhtml:link rel="alternate" hreflang="${other}" href="${publicUrl}${pathIn(other, path)}"/>`).join(
    "",
  )
  return `<url><loc>${publicUrl}${pathIn(locale, path)}</loc>${others}</url>`
}
