import { type Db, inTransaction } from "@mila/kernel"
import { defaultTexts, publishMissing } from "@mila/privacy"
import type { Settings } from "./settings.ts"

/** What people agree to begins with the house's own wording, in the operator's name; its lawyer publishes the next one. */
export async function publishFirstTexts(
  db: Db,
  { operatorName: name, operatorAddress: address, operatorEmail: email }: Settings,
  at: Date,
): Promise<void> {
  await inTransaction(db, (tx) => publishMissing(tx, { texts: defaultTexts({ name, address, email }), at }))
}
