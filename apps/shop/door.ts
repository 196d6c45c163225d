import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi"
import {
  checkPrices,
  type CheckedPrice as Checked,
  findGoods,
  groupByCode,
  groupByNo,
  groupBySlug,
  pictureUrl,
  stockOfGroup,
  suggestGoods,
  zoneOfShop,
} from "@mila/catalog"
import { holdsBankCardNumber, inTransaction, localeWanted, type Tx } from "@mila/kernel"
import { shopByCode } from "@mila/shops"
import type { Context, Hono } from "hono"
import { cors } from "hono/cors"
import { randomUUID } from "node:crypto"
import { answers, type Door, SHORTLY } from "./answers.ts"
import { Asked, filtersOf } from "./asked.ts"
import type { ShopContext, ShopEnv } from "./context.ts"
import { problem, problemOf } from "./problem.ts"
import { CheckedPrice, Found, Product, Suggestion } from "./schemas.ts"
import { declareShops } from "./shops.ts"
import { facetsOf, itemOf, itemsTold, priceTold, productOf, type Telling } from "./telling.ts"

export type { ShopContext } from "./context.ts"

const ROOT = "/api/v1"
const JSON_TYPE = { "content-type": "application/json" }

/** What every origin may read; beside it stands the account, which none may. */
const OURS = ["/catalog.json", "/search", "/search/suggest", "/products/:id", "/prices/:ean", "/shops", "/shops/:id"]

/** The catalogue for everybody, read only, without a key: search, products, prices, shops. */
export function shopDoor(context: ShopContext): Hono {
  const app = new OpenAPIHono<ShopEnv>({
    defaultHook: (result, c) =>
      result.success
        ? undefined
        : problem(c, "malformed", { fields: result.error.issues.slice(0, 20).map(({ path }) => path.map(String).join(".")) }),
  })
  app.onError((error, c) => problemOf(c, error, context.log))
  for (const path of OURS) {
    app.use(path, async (c, next) => {
      if (!c.get("requestId")) c.set("requestId", randomUUID())
      c.set("locale", localeWanted(c.req.header("accept-language")))
      if (holdsBankCardNumber(c.req.queries())) return problem(c, "bank_card_number")
      await next()
      c.header("vary", "accept-language", { append: true })
    })
    app.use(path, cors({ origin: "*", allowMethods: ["GET"], maxAge: 86_400 }))
  }
  declareSearch(app, context)
  declareProducts(app, context)
  declarePrices(app, context)
  declareShops(app, context)
  app.doc31("/catalog.json", {
    openapi: "3.1.0",
    info: {
      title: "Mila: the catalogue",
      version: "1",
      description:
        "Read only, without a key. Names come in the language of Accept-Language (ru, be, en). Money is whole kopecks, instants are UTC.",
    },
    servers: [{ url: ROOT }],
  })
  const outer = new OpenAPIHono<ShopEnv>()
  outer.route(ROOT, app)
  return outer as unknown as Hono
}

async function tellingOf(c: Context<ShopEnv>, { finder, publicUrl }: ShopContext): Promise<Telling> {
  return { locale: c.get("locale"), publicUrl, words: await finder.words() }
}

function declareSearch(app: Door, context: ShopContext): void {
  const search = createRoute({
    ...{
      method: "get",
      path: "/search",
      operationId: "search",
      tags: ["Search"],
      summary: "Goods by words and filters, with facets counted exactly",
    },
    request: { query: Asked },
    responses: answers(Found, "What was found"),
  })
  app.openapi(search, (async (c: Context<ShopEnv>) => {
    const asked = c.req.valid("query" as never) as z.output<typeof Asked>
    const telling = await tellingOf(c, context)
    const { total, tiles, facets, price, understood, heldByNone } = await findGoods(context.finder, {
      ...{ filters: filtersOf(asked), offset: asked.offset, limit: asked.limit },
      ...(asked.q === undefined ? {} : { text: asked.q }),
      ...(asked.sort === undefined ? {} : { sort: asked.sort }),
    })
    const prices = price && { leastMinor: price.least, mostMinor: price.most }
    const rest = JSON.stringify({ facets: facetsOf(facets, telling), price: prices, understood, heldByNone })
    return c.body(`{"total":${total},"items":${itemsTold(tiles, telling)},${rest.slice(1)}`, 200, { ...SHORTLY, ...JSON_TYPE })
  }) as never)

  const suggest = createRoute({
    ...{
      method: "get",
      path: "/search/suggest",
      operationId: "suggest",
      tags: ["Search"],
      summary: "What may be meant, while somebody types",
    },
    request: { query: z.object({ q: z.string().max(100).default(""), limit: z.coerce.number().int().min(1).max(20).default(6) }) },
    responses: answers(Suggestion, "Suggestions"),
  })
  app.openapi(suggest, (async (c: Context<ShopEnv>) => {
    const { q: text, limit } = c.req.valid("query" as never) as { q: string; limit: number }
    const telling = await tellingOf(c, context)
    const { queries, brands, categories, tiles, understood } = await suggestGoods(context.finder, { text, limit })
    const named = categories.map((path) => ({ path, name: telling.words.value("category", path, telling.locale) }))
    return c.json({ queries, brands, categories: named, items: tiles.map((tile) => itemOf(tile, telling)), understood }, 200, SHORTLY)
  }) as never)
}

function declareProducts(app: Door, context: ShopContext): void {
  const product = createRoute({
    ...{
      method: "get",
      path: "/products/{id}",
      operationId: "getProduct",
      tags: ["Products"],
      summary: "A product group with its variants, by number, address or code",
    },
    request: {
      params: z.object({ id: z.string().min(1).max(150) }),
      query: z.object({ shop: z.string().max(32).optional().openapi({ description: "At whose prices." }) }),
    },
    responses: answers(Product, "The product"),
  })
  app.openapi(product, (async (c: Context<ShopEnv>) => {
    const { id } = c.req.valid("param" as never) as { id: string }
    const { shop } = c.req.valid("query" as never) as { shop?: string }
    const telling = await tellingOf(c, context)
    const found = await inTransaction(context.db, async (tx) => {
      const group = await groupNamed(tx, id, { zone: shop === undefined ? "main" : await zoneOfShop(tx, shop), at: context.clock.now() })
      return group && { group, stock: await stockOfGroup(tx, group.no) }
    })
    if (!found) return problem(c, "product_not_found")
    const inShops = new Map<string, number>()
    for (const { sku } of found.stock) inShops.set(sku, (inShops.get(sku) ?? 0) + 1)
    return c.json(productOf(found.group, inShops, telling), 200, SHORTLY)
  }) as never)
}

const AskedPrice = z.object({
  shop: z.string().max(32).optional(),
  sku: z.string().max(64).optional().openapi({ description: "Which product, where `others` says that several have this barcode." }),
})

function declarePrices(app: Door, context: ShopContext): void {
  const price = createRoute({
    ...{
      method: "get",
      path: "/prices/{ean}",
      operationId: "getPrice",
      tags: ["Products"],
      summary: "The price of a barcode, in a shop or in general",
    },
    request: { params: z.object({ ean: z.string().regex(/^\d{8,14}$/) }), query: AskedPrice },
    responses: answers(CheckedPrice, "The price"),
  })
  app.openapi(price, (async (c: Context<ShopEnv>) => {
    const { ean } = c.req.valid("param" as never) as { ean: string }
    const { shop = null, sku } = c.req.valid("query" as never) as z.output<typeof AskedPrice>
    const { locale } = await tellingOf(c, context)
    const at = context.clock.now()
    const [known, several] = await inTransaction(
      context.db,
      async (tx) => [shop === null || (await shopByCode(tx, shop)), await checkPrices(tx, { ean, shop, at })] as const,
    )
    if (!known) return problem(c, "shop_not_found")
    const checked = sku === undefined ? several[0] : several.find((one) => one.sku === sku)
    if (!checked) return problem(c, "price_not_found")
    const { picture, group, stock } = checked
    const thing = ({ sku: own, name, brand, slug, price: now }: Checked) => ({
      ...{ sku: own, name: name[locale], brand, url: slug === null ? null : `${context.publicUrl}/p/${slug}`, price: priceTold(now) },
    })
    return c.json(
      {
        ...{ ean, shop, ...thing(checked) },
        picture: picture === null || group === null ? null : context.publicUrl + pictureUrl(group, 0, picture),
        stock: stock && { quantityMilli: stock.quantityMilli, countedAt: stock.countedAt.toISOString() },
        others: several.filter((one) => one !== checked).map(thing),
      },
      200,
      SHORTLY,
    )
  }) as never)
}

async function groupNamed(tx: Tx, id: string, asked: { zone: string; at: Date }) {
  const byNumber = /^\d{1,9}$/.test(id) ? await groupByNo(tx, { no: Number(id), ...asked }) : undefined
  return byNumber ?? (await groupBySlug(tx, { slug: id, ...asked })) ?? (await groupByCode(tx, { code: id, ...asked }))
}
