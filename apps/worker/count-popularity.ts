import { putPopularity } from "@mila/catalog"
import { type Db, inTransaction } from "@mila/kernel"
import { soldLately, sumUpSold } from "@mila/tills"

/**
 * What the tills sold lately becomes how much a thing is bought: what shelves, lists and the phone's prices begin with. While no till has sold anything,
 * nothing is known and everything stays as it is.
 */
export async function countPopularity(db: Db, { at }: { at: Date }): Promise<{ days: number; changed: number }> {
  const { days } = await sumUpSold(db, { at })
  const changed = await inTransaction(db, async (tx) => {
    const sold = await soldLately(tx, { at })
    return sold.length === 0 ? 0 : (await putPopularity(tx, sold, { at })).changed
  })
  return { days, changed }
}
