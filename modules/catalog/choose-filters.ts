import { statement, type Tx } from "@mila/kernel"
import { noteChange } from "./changes.ts"
import { isChosenBy, type Usage } from "./facet-rules.ts"

const usage = statement<Usage & { code: string }>(
  "catalog.attribute_usage",
  `with used as (
     select item.no, said.code, said.of from catalog.product_group item cross join lateral jsonb_each(item.attributes) as said(code, of)
     where item.state = 'shown' and said.code = any($1::text[])
     union all
     select item.no, said.code, said.of from catalog.product join catalog.product_group item on item.no = product.group_no and item.state = 'shown'
       cross join lateral jsonb_each(product.attributes) as said(code, of)
     where not product.hidden and said.code = any($1::text[])
   ), counted as (
     select used.code, count(distinct used.no)::int as goods, count(distinct value)::int as values
     from used cross join lateral jsonb_array_elements_text(used.of) as named(value) group by used.code
   ) select code, filtered, coalesce(goods, 0) as goods, coalesce(values, 0) as values
     from catalog.attribute left join counted using (code) where code = any($1::text[])`,
)
const choose = statement<never>(
  "catalog.choose_filters",
  "update catalog.attribute set filtered = not filtered where code = any($1::text[])",
)

/** Decides of properties whose source has no list of values whether shoppers choose by them, from how they are used now. Answers how many changed. Harmless twice. */
export async function chooseFilters(tx: Tx, { attributes, at }: { attributes: readonly string[]; at: Date }): Promise<number> {
  if (attributes.length === 0) return 0
  const turned = (await usage(tx, [attributes])).filter((used) => isChosenBy(used) !== used.filtered)
  if (turned.length === 0) return 0
  await choose(tx, [turned.map(({ code }) => code)])
  await noteChange(tx, { what: "words", place: null, numbers: null, at })
  return turned.length
}
