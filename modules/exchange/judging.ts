import { type Db, inTransaction, statement, type Tx } from "@mila/kernel"
import { brakesOf, type BrakeRules, type Diff, type Example } from "./import-rules.ts"
import { typesMeant } from "./applying/meaning-rules.ts"
import { REGULAR, SALE } from "./reading/price-names.ts"
import { type Import, keepDiff, lock } from "./received/imports.ts"

const MOST_EXAMPLES = 50

type GoodsTold = { what: "new" | "changed" | "same" | "hidden"; count: number; thing: string; name: string }
type PricesTold = Diff["prices"]

// what is staged is compared where it lies: a gigabyte of goods is not carried here and back
const goods = statement<GoodsTold>(
  "exchange.goods_compared",
  `with told as (
     select distinct on (thing) no, thing, staged.fact ->> 'name' as name,
       case when known.id is null then 'new' when (staged.fact ->> 'deleted')::boolean and not known.hidden then 'hidden'
         when known.fact = staged.fact then 'same' else 'changed' end as what
     from exchange.staged left join exchange.good known on known.source = $2 and known.id = thing
     where import = $1 and pass = 2 and kind = 'good' order by thing, no desc)
   select what, count, thing, name from (
     select *, count(*) over (partition by what) as count, row_number() over (partition by what order by no) as place from told) shown
   where place <= case what when 'same' then 1 else $3 end order by what, place`,
)
// where an old price is told beside it, what is asked now is compared with what was asked before.
// $3: types of price that mean something; $4: which of them people pay without a card; $5: every offer that names prices names all it has
const PRICES = `with last as (
     select distinct on (thing) no, thing, staged.fact #>> '{said,name}' as name, staged.fact -> 'prices' as prices,
       (($5 or (staged.fact ->> 'replaces')::boolean) and staged.fact -> 'prices' <> '{}') as replaces
     from exchange.staged where import = $1 and pass = 2 and kind = 'offer' order by thing, no desc
   ), told as (
     select distinct on (thing, type) no, thing, staged.fact #>> '{said,name}' as name, type, price::bigint as becomes,
       (known.prices ->> case when type in ('regular', 'sale') and known.prices ? 'sale' then 'sale' when type = 'sale' then 'regular' else type end)::bigint as was
     from exchange.staged cross join lateral jsonb_each_text(staged.fact -> 'prices') as said(type, price)
       left join exchange.offer known on known.source = $2 and known.id = thing
     where import = $1 and pass = 2 and kind = 'offer' and type = any($3::text[]) and not (type = 'regular' and staged.fact -> 'prices' ? 'sale')
     order by thing, type, no desc
   ), compared as (
     select no, thing, name, becomes, was from told where becomes is not null or was is not null or type = any($4::text[])
     union all
     select no, thing, name, null, was::bigint from last join exchange.offer known on known.source = $2 and known.id = thing
       cross join lateral jsonb_each_text(known.prices) as had(type, was)
     where replaces and type = any($3::text[]) and type <> 'sale' and not last.prices ? type
   )`
/** A price that may not change so much without somebody looking. */
const JUMPS = "(becomes is null or was > 0 and (becomes >= was * $6::int or becomes * $6::int <= was))"
const prices = statement<PricesTold>(
  "exchange.prices_compared",
  `${PRICES}
   select count(*) filter (where was is null and becomes is not null) as new, count(*) filter (where becomes > was) as up,
     count(*) filter (where becomes < was) as down, count(*) filter (where becomes = was) as same, count(*) filter (where becomes is null) as emptied,
     count(*) filter (where ${JUMPS}) as jumped from compared`,
)
const jumps = statement<Omit<Example, "what">>(
  "exchange.prices_jumped",
  `${PRICES} select thing, name, was, coalesce(becomes, 0) as becomes from compared where ${JUMPS} order by no limit $7`,
)
const unnamed = statement<{ id: string; name: string }>(
  "exchange.goods_unnamed",
  `select id, fact ->> 'name' as name from exchange.good where source = $1 and not hidden and put and seen_at < $3::timestamptz
   union
   select id, fact ->> 'name' from exchange.good where $2::bigint is not null and source = $1 and not hidden and put
     and not exists (select from exchange.staged where import = $2 and pass = 2 and kind = 'good' and thing = good.id)
     and not exists (select from exchange.staged where import = $2 and pass = 2 and kind = 'offer' and fact ->> 'good' = good.id)`,
)
const shown = statement<{ count: number }>(
  "exchange.goods_shown",
  "select count(*) as count from exchange.good where source = $1 and not hidden and put",
)
const stock = statement<{ counts: number; warehouses: number; unknown: number }>(
  "exchange.stock_staged",
  `select coalesce(sum((select count(milli) from unnest(milli) milli)), 0)::bigint as counts, count(distinct warehouse) as warehouses,
     count(distinct warehouse) filter (where not exists (select from exchange.warehouse known
       where known.source = $2 and known.id = warehouse and shop is not null)) as unknown
   from exchange.staged_stock where import = $1`,
)
// what leaves its good: its source deleted it, or names its sisters and not it
const variants = statement<{ hidden: number; shown: number }>(
  "exchange.variants_compared",
  `with sold as (
     select offer.id, offer.good, offer.seen_at from exchange.offer join exchange.good on good.source = offer.source and good.id = offer.good
     where offer.source = $1 and not offer.hidden and good.put and not good.hidden
   ), described as (
     select fact ->> 'good' as good, thing from exchange.staged where $2::bigint is not null and import = $2 and pass = 2 and kind = 'offer' and fact -> 'said' <> 'null'
   ), gone as (
     select sold.id from sold where sold.good in (select good from described) and not exists (select from described where thing = sold.id)
     union
     select sold.id from sold where sold.seen_at < $3::timestamptz
       and exists (select from exchange.offer sister where sister.source = $1 and sister.good = sold.good and sister.seen_at >= $3::timestamptz)
     union
     select sold.id from sold join exchange.staged on thing = sold.id where import = $4 and pass = 2 and kind = 'offer' and (fact ->> 'deleted')::boolean
   ) select (select count(*) from gone) as hidden, (select count(*) from sold) as shown`,
)
const typesKnown = statement<Parameters<typeof typesMeant>[0][number]>(
  "exchange.types_known",
  "select id, name, means, zone, chosen from exchange.price_type where source = $1",
)
const typesNamed = statement<{ id: string; name: string }>(
  "exchange.types_named",
  "select thing as id, fact ->> 'name' as name from exchange.staged where import = $1 and pass = 1 and kind = 'price_type' order by no",
)

/** Says what an import would do, against what is known, and which brakes it runs into. Writes nothing but that. */
export async function judgeImport(db: Db, job: Import, { brakes }: { brakes: BrakeRules }): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { state } = await lock(tx, job.id)
    if (state !== "judging") return
    const diff = await diffOf(tx, job, brakes)
    await keepDiff(tx, { id: job.id, diff, heldFor: brakesOf(diff, brakes) })
  })
}

async function diffOf(tx: Tx, job: Import, { jumpTimes }: BrakeRules): Promise<Diff> {
  const { id, source, counts } = job
  const compared = await goods(tx, [id, source, MOST_EXAMPLES])
  const of = (what: GoodsTold["what"]): number => compared.find((row) => row.what === what)?.count ?? 0
  const types = typesMeant(await typesKnown(tx, [source]), await typesNamed(tx, [id])).filter(({ means }) => means !== "nothing")
  const paid = types.filter(({ means, zone }) => means === "regular" && zone === "main")
  const meant = types.flatMap((type) => (type.id === REGULAR ? [REGULAR, SALE] : [type.id]))
  const asked = [id, source, meant, paid.map((type) => type.id), job.whole, jumpTimes]
  const [priced] = await prices(tx, asked)
  const jumped = priced!.jumped === 0 ? [] : await jumps(tx, [...asked, MOST_EXAMPLES])
  const [shades] = await variants(tx, [source, job.whole ? id : null, job.unseenSince, id])
  const gone = await unnamedBy(tx, job)
  const [all] = await shown(tx, [source])
  const [rests] = await stock(tx, [id, source])
  const plain = { was: null, becomes: null }
  return {
    goods: { new: of("new"), changed: of("changed"), same: of("same"), hidden: of("hidden") + gone.length, shown: all!.count },
    ...{ prices: priced!, variants: shades! },
    stock: { counts: rests!.counts, warehouses: rests!.warehouses, unknownWarehouses: rests!.unknown },
    rows: { taken: counts["facts"] ?? 0, refused: counts["refused"] ?? 0 },
    examples: [
      ...compared.flatMap(({ what, thing, name }) => (what === "same" ? [] : [{ what, thing, name, ...plain }])),
      ...gone.slice(0, MOST_EXAMPLES).map(({ id: thing, name }) => ({ what: "hidden" as const, thing, name, ...plain })),
      ...jumped.map((row) => ({ what: "price" as const, ...row })),
    ],
  }
}

/** What a whole import, or the end of an exchange, would take out of the window. */
async function unnamedBy(tx: Tx, { id, source, whole, unseenSince }: Import): Promise<{ id: string; name: string }[]> {
  return whole || unseenSince ? unnamed(tx, [source, whole ? id : null, unseenSince]) : []
}
