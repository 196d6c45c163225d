import { z } from "@hono/zod-openapi"
import {
  catalogVersion,
  categories,
  listProducts,
  productByEan,
  productsBySku,
  productsChangedSince,
  putCategories,
  putProducts,
} from "@mila/catalog"
import { minor } from "@mila/kernel"
import { declare, type Office } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { localized, most, text, whole } from "./schemas.ts"

const price = whole(0, 1_000_000_000).openapi({ description: "In kopecks." })
const path = z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+){0,7}$/)
const kind = z.enum(["goods", "certificate", "delivery"])

const NewProduct = z.strictObject({
  sku: text(64),
  kind: kind.default("goods"),
  name: localized,
  brand: text(100).nullable().default(null),
  category: path.nullable().default(null),
  eans: z.array(z.string().max(14)).max(50).default([]),
  regularPriceMinor: price.transform(minor),
  cardPriceMinor: price.transform(minor),
  minPriceMinor: price.transform(minor).nullable().default(null),
})

const Product = z
  .object({
    sku: z.string(),
    kind,
    name: localized,
    brand: z.string().nullable(),
    category: z.string().nullable(),
    eans: z.array(z.string()).readonly(),
    regularPriceMinor: z.number(),
    cardPriceMinor: z.number(),
    minPriceMinor: z.number().nullable(),
    version: z.number(),
  })
  .openapi("Product")

const Category = z.strictObject({ path, name: localized }).openapi("Category")

const Shared = z.array(z.object({ ean: z.string(), sku: z.string(), others: z.array(z.string()) }))
const ProductsPut = z.object({
  ...{ version: z.number(), changed: z.number() },
  shared: Shared.openapi({ description: "Barcodes that other products have, too." }),
})

/** Products as far as tills need them. */
export function declareCatalog(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/products",
      permission: "catalog.read",
      tag: "Catalogue",
      summary: "Products by sku, or what changed after a version",
    },
    query: z.strictObject({ after: text(64).optional(), since: z.coerce.number().int().min(0).optional(), most }),
    answer: z.object({ version: z.number(), products: z.array(Product) }),
    async act({ tx, query: { after, since, most } }) {
      const version = await catalogVersion(tx)
      if (since === undefined) return { version, products: await listProducts(tx, { after: after ?? "", most }) }
      return { version, products: await productsChangedSince(tx, { version: since, most, ...(after === undefined ? {} : { sku: after }) }) }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/products/{code}",
      permission: "catalog.read",
      tag: "Catalogue",
      summary: "The product with this sku or barcode",
    },
    params: z.object({ code: z.string().min(1).max(64) }),
    answer: Product,
    act: async ({ tx, params: { code } }) =>
      (await productsBySku(tx, [code])).get(code) ?? (await productByEan(tx, code)) ?? refuse("product_not_found", { code }),
  })
  declare(office, {
    ...{
      method: "put",
      path: "/products",
      permission: "catalog.write",
      tag: "Catalogue",
      summary: "Put products in, or bring them up to date; all or none",
    },
    body: z.strictObject({ products: z.array(NewProduct).min(1).max(2_000) }),
    answer: ProductsPut,
    async act({ tx, body: { products }, note, at }) {
      const { shared, ...put } = await putProducts(tx, products, { at })
      await note("catalog.put", "catalog", put)
      return { shared, ...put }
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/categories",
      permission: "catalog.read",
      tag: "Catalogue",
      summary: "Every category, parents before children",
    },
    answer: z.object({ categories: z.array(Category) }),
    act: async ({ tx }) => ({ categories: await categories(tx) }),
  })
  declare(office, {
    ...{ method: "put", path: "/categories", permission: "catalog.write", tag: "Catalogue", summary: "Name categories" },
    body: z.strictObject({ categories: z.array(Category).min(1).max(1_000) }),
    answer: z.object({ categories: z.number() }),
    async act({ tx, body, note }) {
      await putCategories(tx, body.categories)
      await note("catalog.categories", "catalog", { categories: body.categories.length })
      return { categories: body.categories.length }
    },
  })
}
