import { statement, type Tx } from "@mila/kernel"

const endAll = [
  statement("members.end_passwords", "delete from members.password where member_id = any ($1::bigint[])"),
  statement("members.end_devices", "delete from members.known_device where member_id = any ($1::bigint[])"),
  statement("members.end_every_session", "delete from members.session where member_id = any ($1::bigint[])"),
]

/** Nobody signs in as these members any more: they left, or became somebody else. */
export async function endSignIns(tx: Tx, memberIds: readonly number[]): Promise<void> {
  for (const end of endAll) await end(tx, [`{${memberIds.join(",")}}`])
}
