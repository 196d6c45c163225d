import { isBarcode, type ProductGroup, putGroups, type SharedBarcode } from "@mila/catalog"
import { Refusal, type Tx } from "@mila/kernel"
import type { Fault, Reason } from "../reading/facts.ts"

/** A wrong barcode costs the good its barcode, not its place in the shop. */
export function withSoundBarcodes(group: ProductGroup, { faults, line }: { faults: Fault[]; line: number | null }): ProductGroup {
  const isSound = (ean: string, sku: string): boolean => {
    const sound = isBarcode(ean)
    if (!sound) faults.push({ line, field: "Штрихкод", reason: "barcode_invalid", thing: sku, value: ean.slice(0, VALUE_SHOWN) })
    return sound
  }
  return {
    ...group,
    variants: group.variants.map((variant) => ({ ...variant, eans: variant.eans.filter((ean) => isSound(ean, variant.sku)) })),
  }
}

/** A barcode that others have, too, keeps nobody out; both are named, because somebody may have mistyped it. */
function sharingFaults(shared: readonly SharedBarcode[], groups: readonly ProductGroup[], lines: ReadonlyMap<string, number>): Fault[] {
  const codes = new Map(groups.flatMap(({ code, variants }) => variants.map(({ sku }) => [sku, code] as const)))
  return shared.map(({ ean, sku, others }) => ({
    ...{ line: lines.get(codes.get(sku)!) ?? null, field: "Штрихкод", reason: "barcode_shared" as const, thing: sku },
    value: `${ean}: ${others.join(", ")}`.slice(0, VALUE_SHOWN),
  }))
}

const VALUE_SHOWN = 200

const REASONS: Readonly<Record<string, readonly [field: string, reason: Reason]>> = {
  card_price_above_regular: ["Цена", "card_price_above_regular"],
}

/** All at once; where the catalogue says no to one of them, one by one, and that one is laid aside. */
export async function putSound(
  tx: Tx,
  groups: readonly ProductGroup[],
  { at, faults, lines }: { at: Date; faults: Fault[]; lines: ReadonlyMap<string, number> },
): Promise<readonly ProductGroup[]> {
  if (groups.length === 0) return []
  try {
    const { shared } = await savepoint(tx, () => putGroups(tx, groups, { at }))
    faults.push(...sharingFaults(shared, groups, lines))
    return groups
  } catch (error) {
    if (!isOfTheRow(error)) throw error
    if (groups.length === 1) {
      const [field, reason] = (error instanceof Refusal && REASONS[error.code]) || ["(row)", "row_refused"]
      const value = error instanceof Refusal ? error.code : ((error as { constraint?: string }).constraint ?? "")
      faults.push({ line: lines.get(groups[0]!.code) ?? null, field, reason, thing: groups[0]!.code, value })
      return []
    }
    const half = Math.ceil(groups.length / 2)
    const first = await putSound(tx, groups.slice(0, half), { at, faults, lines })
    return [...first, ...(await putSound(tx, groups.slice(half), { at, faults, lines }))]
  }
}

/** A refusal of the catalogue, or a value the database won't have (class 22, 23); anything else is not about the row. */
const isOfTheRow = (error: unknown): boolean =>
  error instanceof Refusal || (error instanceof Error && "code" in error && /^2[23]/.test(String(error.code)))

async function savepoint<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  await tx.client.query("savepoint goods")
  try {
    const result = await work()
    await tx.client.query("release savepoint goods")
    return result
  } catch (error) {
    await tx.client.query("rollback to savepoint goods")
    throw error
  }
}
