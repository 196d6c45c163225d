import { statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"

const settle = statement<{ name: string }>(
  "catalog.settle_brand_countries",
  `with told as (
     select brand, country, count(*) as goods, sum(count(*)) over (partition by brand) as all_goods
     from catalog.product_group where brand is not null and country is not null group by brand, country)
   update catalog.brand set country = told.country from told
   where brand.name = told.brand and goods * 2 > all_goods and not brand.country_told and brand.country is distinct from told.country
   returning name`,
)

/** Says of each brand nobody told the country of that it is from where more than half of its goods are. Answers how many are from elsewhere than before. */
export async function settleBrandCountries(tx: Tx, { at }: { at: Date }): Promise<number> {
  const { length } = await settle(tx, [])
  if (length > 0) await noteChange(tx, { what: "words", place: null, numbers: null, at })
  return length
}
