import { chooseFilters } from "@mila/catalog"
import { statement, type Tx } from "@mila/kernel"

// goods come with their properties in one file and with their prices, which bring them into the shop, in another
const described = statement<{ any: boolean }>(
  "exchange.goods_described",
  `select exists (select from exchange.staged where import = $1 and pass = 2 and (kind = 'good' or fact -> 'said' <> 'null')) as any`,
)
const open = statement<{ attribute: string }>(
  "exchange.open_properties",
  `select distinct attribute from exchange.property where source = $1 and not closed
     and attribute not in (select attribute from exchange.property where closed)`,
)

/** Once an import's goods are in: decides which of the properties its source has no list of values for shoppers choose by. */
export async function decideFilters(tx: Tx, { id, source, at }: { id: number; source: string; at: Date }): Promise<void> {
  const [goods] = await described(tx, [id])
  if (!goods!.any) return
  await chooseFilters(tx, { attributes: (await open(tx, [source])).map(({ attribute }) => attribute), at })
}
