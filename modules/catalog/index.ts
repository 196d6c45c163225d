// The public face of the catalogue.
export { isBarcode } from "./barcode-rules.ts"
export { ingredientsOf, ROLES, type Ingredient, type IngredientRole } from "./ingredients.ts"
export { settleBrandCountries } from "./brand-countries.ts"
export { type CatalogueTurn, changesSince, forgetChanges, shownVersion, type Change } from "./changes.ts"
export {
  hideGroups,
  putGroups,
  rateGroup,
  rateGroups,
  type Company,
  type NetUnit,
  type Packshot,
  type Picture,
  type ProductGroup,
  type Rating,
  type Variant,
} from "./put-groups.ts"
export { chooseFilters } from "./choose-filters.ts"
export { choosePictures, picturesOf, putPictures, type Pictures } from "./put-pictures.ts"
export { putPopularity } from "./put-popularity.ts"
export { dropZonePrices, putPrices } from "./put-prices.ts"
export { putCategories, putProducts, type Category, type Product, type ProductKind, type SharedBarcode } from "./put-products.ts"
export { announcePromotion, endPromotion } from "./promotions/announce.ts"
export { loweredPrice, type Lowering } from "./promotions/lowering-rules.ts"
export { listPromotions, promotionWithGoods } from "./promotions/listed.ts"
export { putSale } from "./promotions/sale.ts"
export { putPromotion, type Promotion } from "./put-promotions.ts"
export { countedBefore, productNumbers, putStock, putStockOf, putZone, type Counted } from "./put-stock.ts"
export { addAttributes, putAttributes, putBrands, putFamilies, type Attribute, type Brand, type Family } from "./put-words.ts"
export type { Price } from "./remember-prices.ts"
export {
  catalogVersion,
  categories,
  groupsOfProducts,
  listProducts,
  productByEan,
  productFacts,
  productsBySku,
  productsChangedSince,
  type KnownProduct,
  type ProductFacts,
} from "./products.ts"
export { checkPrice, checkPrices, pricesToCarry, type CheckedPrice } from "./shown/check-price.ts"
export { groupByCode, groupByNo, groupBySlug, shownGroups, type GroupPage, type ShownVariant } from "./shown/group-page.ts"
export { priceHistory, type PriceStep } from "./shown/price-history.ts"
export { partsOfSet, type SetPart, setsWith } from "./shown/sets.ts"
export { pictureUrl, type Shot, shotOf, variantPictureUrl } from "./shown/picture-url.ts"
export { unitPriceOf } from "./shown/unit-price.ts"
export type { PriceNow } from "./shown/price-now.ts"
export { groupsInPromotion, productsRepriced, promotionByCode, promotionsAt, type ShownPromotion } from "./shown/promotions.ts"
export {
  groupsInShop,
  inStockOfZone,
  isZone,
  stockInShop,
  stockOfEan,
  stockOfGroup,
  zoneOfShop,
  type InShop,
  type InShopOfZone,
} from "./shown/stock-of.ts"
export { tilesOf, type Tile } from "./shown/tiles.ts"
export {
  groupsToIndex,
  lastGroup,
  placesToIndex,
  pricesToIndex,
  someGroupsToIndex,
  somePricesToIndex,
  stockToIndex,
  type GroupToIndex,
  type PricesToIndex,
} from "./shown/to-index.ts"
export { catalogWords, type CatalogWords, type ShownAttribute, type ShownBrand, type ShownCategory } from "./shown/words-of.ts"
export { CatalogueWatch, type Moment } from "./searching/catalogue-watch.ts"
export { finder, findGoods, suggestGoods, type Finder, type Found } from "./searching/find.ts"
export type { SearchEngine } from "@mila/search"
export { SearchAway, SearchThread } from "./searching/in-thread.ts"
export { Words } from "./searching/kept-words.ts"
export { KeptInPostgres } from "./searching/kept-in-postgres.ts"
export { KeptIndex } from "./searching/kept-index.ts"
export { dayNumber } from "./searching/read-index.ts"
export { slugOf } from "./slug-rules.ts"
export type { CatalogRefusal } from "./refusals.ts"
