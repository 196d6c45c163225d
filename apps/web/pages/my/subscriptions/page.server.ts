import { dayIn, inTransaction, type Locale, LOCALES, MINSK, momentText, type Tx } from "@mila/kernel"
import { changeLanguage, idsOf, isChild, personOf, sessionsOf } from "@mila/members"
import { giveOwnConsents, isOwnPurpose, keepOwnWishes, ownWishes, WISHES_POSSIBLE, withdrawOwnConsents } from "@mila/membership"
import { endSubscription, isCode, outboxOf, type PushPlace, pushPlacesOf } from "@mila/messages"
import { currentTexts, heldBy, isPurpose } from "@mila/privacy"
import { formText } from "../../parts/form-text.ts"
import type { MemberVisit } from "../../visit-context.ts"
import { CHILD_DATA } from "../data/child-words.ts"
import { PUSH } from "./push-words.ts"
import { receivedRow } from "./received.server.ts"
import { SUBSCRIPTIONS, type SubscriptionWords } from "./words.ts"

const COLUMNS = ["sms", "email", "push"] as const
const PURPOSE_OF = { sms: "ads_sms", email: "ads_email", push: "ads_push" } as const

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
    const last = (await outboxOf(tx, { memberId: await idsOf(tx, memberId), most: 20 }))
      .filter(({ template }) => !isCode(template))
      .slice(0, 5)
    const agreed = (purpose: "ads_sms" | "ads_email" | "ads_push" | "profiling") => ({
      purpose,
      version: texts.get(purpose)!.version,
      on: held.has(purpose),
      theirs: isYoung ? CHILD_DATA[locale].theirs : null,
    })
    const service = {
      sms: words.always,
      email: person?.emailProven ? words.whatMatters : person?.email ? words.notProven : words.noAddress,
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
      language: person?.locale ?? locale,
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
  const { evenings, mornings, weeks } = WISHES_POSSIBLE
  const { quietFromHour: from, quietUntilHour: until, mostAWeek: most } = await ownWishes(tx, memberId)
  return { evenings, mornings, weeks, from, until, most }
}

/** Turns a consent on or off, a browser's notifications off, or keeps what a person wishes. What is none of ours changes nothing. */
export async function actOnSubscriptions(visit: MemberVisit, form: FormData): Promise<void> {
  const { db, clock, locale, session, ip, deviceName } = visit
  const { memberId } = session
  const act = formText(form, "act")
  const at = clock.now()
  if (act === "wishes") return inTransaction(db, (tx) => keepWishesOf(tx, { memberId, form, at }))
  if (act === "language") return inTransaction(db, (tx) => keepLanguage(tx, { memberId, chosen: formText(form, "language") }))
  if (act === "end-place")
    return inTransaction(db, (tx) => endSubscription(tx, { memberId, subscriptionId: Number(form.get("place")) || 0 }))
  const purpose = formText(form, "purpose")
  if (!isPurpose(purpose)) return
  const how = { memberId, door: "web", at } as const
  const given = isOwnPurpose(purpose) ? [{ purpose, version: Number(form.get("version")) }] : []
  await inTransaction(db, (tx) =>
    act === "on"
      ? giveOwnConsents(tx, { ...how, given, locale, origin: { ip, device: deviceName } })
      : withdrawOwnConsents(tx, { ...how, purposes: [purpose] }),
  )
}

async function keepLanguage(tx: Tx, { memberId, chosen }: { memberId: number; chosen: string }): Promise<void> {
  const language = LOCALES.find((one) => one === chosen)
  if (language) await changeLanguage(tx, { memberId, locale: language })
}

/** What the lists offer; anything else changes nothing. */
async function keepWishesOf(tx: Tx, { memberId, form, at }: { memberId: number; form: FormData; at: Date }): Promise<void> {
  const [from, until, most] = ["from", "until", "most"].map((name) => Number(form.get(name)))
  const { evenings, mornings, weeks } = WISHES_POSSIBLE
  if (!evenings.includes(from!) || !mornings.includes(until!) || !weeks.includes(most!)) return
  await keepOwnWishes(tx, { memberId, quietFromHour: from!, quietUntilHour: until!, mostAWeek: most!, at })
}
