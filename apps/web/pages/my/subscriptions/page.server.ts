import { dayIn, inTransaction, type Locale, MINSK, momentText, type Tx } from "@mila/kernel"
import { isChild, personOf, sessionsOf } from "@mila/members"
import { ADVERTISING_RULES, giveOwnConsents, withdrawOwnConsents } from "@mila/membership"
import { endSubscription, isCode, keepWishes, outboxOf, type PushPlace, pushPlacesOf, wishesOf } from "@mila/messages"
import { currentTexts, heldBy, isPurpose } from "@mila/privacy"
import { formText } from "../../parts/form-text.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { CHILD_DATA } from "../data/child-words.ts"
import { PUSH } from "./push-words.ts"
import { receivedRow } from "./received.server.ts"
import { SUBSCRIPTIONS, type SubscriptionWords } from "./words.ts"

const COLUMNS = ["sms", "email", "push"] as const
const PURPOSE_OF = { sms: "ads_sms", email: "ads_email", push: "ads_push" } as const

/** Quiet a person may add to the house's own: the evening from these hours on, the morning until these. */
const EVENINGS = [17, 18, 19, 20]
const MORNINGS = [10, 11, 12]

/** What comes to a person, by which channel, why, and what they can turn off. */
export async function mySubscriptions(visit: MemberVisit, { done }: { done: boolean }) {
  const { db, clock, locale, session, site } = visit
  const { memberId } = session
  const at = clock.now()
  const words = SUBSCRIPTIONS[locale]
  return inTransaction(db, async (tx) => {
    const held = await heldBy(tx, { memberId, at })
    const isYoung = await isChild(tx, { memberId, at })
    const texts = await currentTexts(tx, locale, at)
    const places = (await pushPlacesOf(tx, [memberId])).get(memberId) ?? []
    const person = await personOf(tx, memberId)
    const last = (await outboxOf(tx, { memberId, most: 20 })).filter(({ template }) => !isCode(template)).slice(0, 5)
    const agreed = (purpose: "ads_sms" | "ads_email" | "ads_push" | "profiling") => ({
      purpose,
      version: texts.get(purpose)!.version,
      on: held.has(purpose),
      theirs: isYoung ? CHILD_DATA[locale].theirs : null,
    })
    const service = {
      sms: words.always,
      email: person?.email ? words.whatMatters : words.noAddress,
      push: devicesText(places.length, words),
    }
    return {
      ...{ words, done },
      columns: COLUMNS.map((channel) => ({
        ...{ channel, title: words.channels[PURPOSE_OF[channel]], service: service[channel] },
        ads: agreed(PURPOSE_OF[channel]),
      })),
      profiling: agreed("profiling"),
      push: site.push && {
        words: PUSH[locale],
        publicKey: site.push.publicKey,
        isKept: places.some(({ sessionId }) => sessionId === session.sessionId),
        places: await placesShown(tx, places, { memberId, here: session.sessionId, locale, at }),
      },
      wishes: await wishesShown(tx, memberId),
      messages: last.map((message) => receivedRow(message, { words, locale, at })),
    }
  })
}

const devicesText = (count: number, { devices, devicesNone }: SubscriptionWords): string =>
  count === 0 ? devicesNone : devices.replace("{count}", String(count))

async function placesShown(
  tx: Tx,
  places: readonly PushPlace[],
  { memberId, here, locale, at }: { memberId: number; here: number; locale: Locale; at: Date },
) {
  const names = new Map((await sessionsOf(tx, { memberId, at })).map(({ sessionId, device }) => [sessionId, device]))
  const words = PUSH[locale]
  return places.flatMap(({ subscriptionId, sessionId, service, madeAt }) => {
    const device = names.get(sessionId)
    if (device === undefined) return []
    const since = words.since.replace("{at}", momentText(madeAt, locale, dayIn(MINSK, at)))
    return [{ subscriptionId, device, says: [sessionId === here ? words.here : "", since, service].filter(Boolean).join(" · ") }]
  })
}

async function wishesShown(tx: Tx, memberId: number) {
  const own = (await wishesOf(tx, [memberId])).get(memberId)
  const { quietFromHour, quietUntilHour, mostAWeek } = ADVERTISING_RULES
  return {
    evenings: [...EVENINGS, quietFromHour],
    mornings: [quietUntilHour, ...MORNINGS],
    weeks: Array.from({ length: mostAWeek }, (_, nth) => nth + 1),
    from: own?.quiet?.fromHour ?? quietFromHour,
    until: own?.quiet?.untilHour ?? quietUntilHour,
    most: own?.mostAWeek ?? mostAWeek,
  }
}

/** Turns a consent on or off, a browser's notifications off, or keeps what a person wishes. What is none of ours changes nothing. */
export async function actOnSubscriptions(visit: MemberVisit, form: FormData): Promise<void> {
  const { db, clock, locale, session, ip, deviceName } = visit
  const { memberId } = session
  const act = formText(form, "act")
  const at = clock.now()
  if (act === "wishes") return inTransaction(db, (tx) => keepOwnWishes(tx, { memberId, form, at }))
  if (act === "end-place")
    return inTransaction(db, (tx) => endSubscription(tx, { memberId, subscriptionId: Number(form.get("place")) || 0 }))
  const purpose = formText(form, "purpose")
  if (!isPurpose(purpose)) return
  const how = { memberId, door: "web", at } as const
  const given = [{ purpose, version: Number(form.get("version")) }]
  await inTransaction(db, (tx) =>
    act === "on"
      ? giveOwnConsents(tx, { ...how, given, locale, origin: { ip, device: deviceName } })
      : withdrawOwnConsents(tx, { ...how, purposes: [purpose] }),
  )
}

async function keepOwnWishes(tx: Tx, { memberId, form, at }: { memberId: number; form: FormData; at: Date }): Promise<void> {
  const [fromHour, untilHour, most] = ["from", "until", "most"].map((name) => Number(form.get(name)))
  const { quietFromHour, quietUntilHour, mostAWeek } = ADVERTISING_RULES
  if (![...EVENINGS, quietFromHour].includes(fromHour!) || ![quietUntilHour, ...MORNINGS].includes(untilHour!)) return
  if (!Number.isInteger(most) || most! < 1 || most! > mostAWeek) return
  const quiet = fromHour === quietFromHour && untilHour === quietUntilHour ? null : { fromHour: fromHour!, untilHour: untilHour! }
  await keepWishes(tx, { memberId, wishes: { quiet, mostAWeek: most === mostAWeek ? null : most! }, at })
}
