// The public face of the catalogue, as far as tills need it.
export { putCategories, putProducts, type Category, type Product, type ProductKind } from "./put-products.ts"
export {
  catalogVersion,
  categories,
  listProducts,
  productByEan,
  productFacts,
  productsChangedSince,
  productsBySku,
  type KnownProduct,
  type ProductFacts,
} from "./products.ts"
export type { CatalogRefusal } from "./refusals.ts"
