import { type Day, Refusal, statement, type Tx } from "@mila/kernel"
import { recordEvent } from "../history.ts"
import { canonicalNames, type PersonName, phoneHash } from "../personal-data.ts"
import { canonicalPhone, type PhoneRules } from "../phone.ts"
import { memberByPhone } from "../profiles.ts"
import { refuse } from "../refusals.ts"
import { isUnder16, sixteenthBirthday } from "./ages.ts"
import { childOf, isChild, type Kinship } from "./children.ts"

/** Somebody who consents for a child; the caller has proof of the phone. */
export type Representative = { name: PersonName; phone: string; kinship: Kinship }

const insert = statement(
  "members.represent",
  `insert into members.child (member_id, sixteen_on, kinship, name_sealed, phone_sealed, phone_hash, representative_id, agreed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
)
const phoneOf = statement<{ hash: Buffer | null }>("members.phone_hash_of", "select phone_hash hash from members.member where id = $1")
const moveNumber = statement(
  "members.move_representative_number",
  `update members.child set phone_hash = $2, phone_sealed = $3
    where silent_at is null and representative_id in (select id from members.member where id = $1 or merged_into = $1)`,
)
const loseNumber = statement(
  "members.lose_representative_number",
  "update members.child set phone_hash = null where phone_hash = $1 and representative_id is not null",
)
const end = statement<{ member_id: number }>("members.end_childhood", "delete from members.child where member_id = $1 returning member_id")
const forgetRepresentative = statement(
  "members.forget_representative",
  "update members.child set representative_id = null where representative_id = $1",
)

/**
 * Links a new member under sixteen to the representative who consents for them; if that number is a member's, to the member too.
 * Refuses `child_grown` for who is sixteen already, `representative_unfit` for the child's own number and for a child's, `representative_name_invalid`,
 * `phone_invalid`, `phone_foreign`.
 */
export async function representChild(
  tx: Tx,
  { memberId, bornOn, representative, phoneRules, at }: Linking,
): Promise<{ sixteenOn: Day; representativeId: number | null }> {
  const sixteenOn = sixteenthBirthday(bornOn)
  if (!isUnder16(sixteenOn, at)) refuse("child_grown")
  const phone = canonicalPhone(representative.phone, phoneRules)
  const name = nameOf(representative)
  const hash = phoneHash(tx, phone)
  if ((await phoneOf(tx, [memberId]))[0]?.hash?.equals(hash)) refuse("representative_unfit")
  const member = await memberByPhone(tx, phone)
  if (member && (await isChild(tx, { memberId: member.memberId, at }))) refuse("representative_unfit")
  const representativeId = member?.state === "active" ? member.memberId : null
  const sealed = [
    tx.secrets.seal("members.representative-name", JSON.stringify([name.family, name.given, name.patronymic])),
    tx.secrets.seal("members.representative-phone", phone),
  ]
  await insert(tx, [memberId, sixteenOn, representative.kinship, ...sealed, hash, representativeId, at])
  await recordEvent(tx, { memberId, what: "represented", at, by: `representative:${memberId}`, details: { representativeId } })
  return { sixteenOn, representativeId }
}

type Linking = { memberId: number; bornOn: Day; representative: Representative; phoneRules?: PhoneRules; at: Date }

function nameOf({ name }: Representative): PersonName {
  try {
    return canonicalNames(name)
  } catch (error) {
    if (error instanceof Refusal && error.code === "name_invalid") refuse("representative_name_invalid")
    throw error
  }
}

/** A member who represents somebody has another number: they are known by it from now on. */
export async function moveRepresentativeNumber(tx: Tx, { memberId, phone }: { memberId: number; phone: string }): Promise<void> {
  await moveNumber(tx, [memberId, phoneHash(tx, phone), tx.secrets.seal("members.representative-phone", phone)])
}

/** The operator gave a member's number to somebody else, who represents nobody by it. */
export async function loseRepresentativeNumber(tx: Tx, phone: string): Promise<void> {
  await loseNumber(tx, [phoneHash(tx, phone)])
}

/** Nothing of a childhood is kept any longer: the person has consented themselves, or left. Whether there was anything. */
export async function endChildhood(tx: Tx, memberId: number): Promise<boolean> {
  return (await end(tx, [memberId])).length > 0
}

/**
 * Who is sixteen has consented themselves: from now on they are a member as everybody. Refuses `child_unknown` for who is none, `child_young` for who is not sixteen yet.
 */
export async function growUp(tx: Tx, { memberId, at }: { memberId: number; at: Date }): Promise<void> {
  const child = (await childOf(tx, memberId)) ?? refuse("child_unknown")
  if (isUnder16(child.sixteenOn, at)) refuse("child_young")
  await endChildhood(tx, memberId)
  await recordEvent(tx, { memberId, what: "own_consent", at, by: `member:${memberId}` })
}

/** A representative leaves the programme; they represent their children all the same, as whoever is no member does. */
export async function forgetRepresentativeMember(tx: Tx, memberId: number): Promise<void> {
  await forgetRepresentative(tx, [memberId])
}
