import { z } from "@hono/zod-openapi"
import { inTransaction, type Tx } from "@mila/kernel"
import { birthDate, KINSHIPS, provenAddress, takeNewNumberAsk, tryCode } from "@mila/members"
import { askForNewNumber, enterFirst, join, joinOnReissuedNumber, recoverPassword, sleeperProven } from "@mila/membership"
import { ASKED, currentTexts, NEEDED } from "@mila/privacy"
import { ConsentText, Purpose } from "./consent-schemas.ts"
import { type Account, forGuests, no } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { code, flow, password, phone, text, whole } from "./schemas.ts"
import { Device, placeOf, SignedInAnswer, signedInAnswer } from "./signed-in.ts"

export const Name = z.strictObject({
  given: text(100),
  family: z.string().trim().max(100).default(""),
  patronymic: text(100).nullable().default(null),
})
export const Birthday = z
  .strictObject({ month: whole(1, 12), day: whole(1, 31) })
  .openapi({ description: "Without a year: we do not ask how old somebody is." })
const BirthDate = Birthday.extend({
  year: whole(1900, 2100)
    .nullable()
    .default(null)
    .openapi({ description: "Of who is under 16 alone. It is not kept: only the day they are 16." }),
}).openapi({ description: "Without a year for who is 16 or older: we do not ask how old somebody is." })
const Representative = z
  .strictObject({
    flow: flow.openapi({ description: "In which the representative's phone was proven." }),
    name: Name,
    kinship: z.enum(KINSHIPS).openapi({ description: "Who they are to the child; a guardian under 14, a trustee from 14 on." }),
  })
  .openapi("Representative", { description: "The legal representative who agrees for somebody under 16 (Law 99-З, article 5)." })

const PROVEN = z.object({ proven: z.literal(true) })

/** Becoming a member, and getting back what was lost. */
export function declareJoining(account: Account): void {
  declareRegistration(account)
  declareRecovery(account)
  declareLostNumber(account)
}

function declareRegistration(account: Account): void {
  const tag = "Registration"
  forGuests(account, {
    ...{ method: "get", path: "/registration/texts", tag, name: "getRegistrationTexts" },
    summary: "What is agreed to, each for itself, word for word",
    description:
      "`needed`: without them there is no card. `asked`: unticked, each refused without harm. `child`: a representative's, under 16.",
    answer: z.object({ texts: z.array(ConsentText.extend({ kind: z.enum(["needed", "asked", "child"]) })) }),
    async act({ tx, locale, at }) {
      const texts = await currentTexts(tx, locale, at)
      const kinds = [
        ...NEEDED.map((of) => [of, "needed"] as const),
        ["child", "child"] as const,
        ...ASKED.map((of) => [of, "asked"] as const),
      ]
      return { texts: kinds.map(([of, kind]) => ({ ...texts.get(of)!, kind })) }
    },
  })
  declareFlowProof(account, { path: "/registration/representative", purpose: "child", name: "proveRepresentative", tag })
  declareRegister(account, tag)
}

const REGISTERING = [
  "proof_missing",
  "consents_missing",
  "representative_needed",
  "birth_date_needed",
  "child_grown",
  "representative_unfit",
  "representative_name_invalid",
  "consent_text_outdated",
  "phone_taken",
  "name_invalid",
  "email_invalid",
  "birthday_invalid",
] as const

const Joining = z.strictObject({
  flow,
  name: Name,
  email: text(254).nullable().default(null),
  birthday: BirthDate.nullable().default(null),
  under16: z.boolean().default(false),
  representative: Representative.nullable().default(null),
  consents: z.array(z.strictObject({ purpose: Purpose, version: whole(1, 1_000_000) })).max(20),
  fresh: z.boolean().default(false).openapi({
    description: "The number is theirs since lately: after `owner_fact_needed`, its former account waits for its owner without a number.",
  }),
  device: Device,
})

function declareRegister(account: Account, tag: string): void {
  forGuests(account, {
    ...{ method: "post", path: "/registration", tag, name: "register", status: 201 },
    codes: REGISTERING,
    summary: "Become a member: the phone was proven, the texts were agreed to; a virtual card at once",
    description:
      "Who is under 16, by `under16` or by the birth date, is a member by the consent of a representative: a code of purpose `child` goes to their phone, is proven at `/registration/representative`, and `consents` are theirs, `child` among them.",
    body: Joining,
    answer: SignedInAnswer,
    async act({
      tx,
      body: { flow: token, device, name, email, birthday: born, under16, fresh, representative: theirs, consents: given },
      ip,
      locale,
      at,
      context: { phoneRules, dormantMonths, publicUrl },
    }) {
      const place = placeOf(device)
      const proof = { flow: token, purposes: ["sign_in"], device: place.device, dormantMonths, at } as const
      const sleeper = fresh ? await sleeperProven(tx, proof) : undefined
      const known = (await provenAddress(tx, { flow: token, purpose: "sign_in", spend: true, at })) ?? refuse("proof_missing")
      const representative = theirs && (await provenRepresentative(tx, theirs, at))
      const bornOn = born?.year ? birthDate({ ...born, year: born.year }, at) : null
      const birthday = born && { month: born.month, day: born.day }
      const how = {
        given,
        under16,
        bornOn,
        representative,
        means: "tick",
        door: "app",
        origin: { ip, device: place.deviceName },
        letterLink: `${publicUrl}${locale === "ru" ? "" : `/${locale}`}/my/devices?letter=`,
        locale,
        phoneRules,
        at,
      } as const
      const joining = { name, phone: known, email, birthday, ...how }
      const link = `${publicUrl}${locale === "ru" ? "" : `/${locale}`}/recover/number`
      const { memberId } = await (sleeper === undefined ? join(tx, joining) : joinOnReissuedNumber(tx, { ...joining, link }))
      return signedInAnswer(tx, await enterFirst(tx, { memberId, ...place, at }), place, at)
    },
  })
}

async function provenRepresentative(tx: Tx, { flow: token, name, kinship }: z.output<typeof Representative>, at: Date) {
  const phone = (await provenAddress(tx, { flow: token, purpose: "child", spend: true, at })) ?? refuse("proof_missing")
  return { name, kinship, phone }
}

function declareRecovery(account: Account): void {
  const tag = "Recovery"
  declareFlowProof(account, { path: "/recovery/code", purpose: "recover", name: "proveRecovery", tag })
  forGuests(account, {
    ...{ method: "post", path: "/recovery/password", tag, name: "recoverPassword" },
    codes: ["proof_missing", "owner_fact_needed", "password_too_short", "password_too_long", "password_common", "password_used_before"],
    summary: "A new password for a forgotten one, and signed in",
    description: "Every other session ends; passkeys sleep until their owner says which are theirs; spending rests for a day.",
    body: z.strictObject({ flow, password, device: Device }),
    answer: SignedInAnswer.extend({ passkeysAsleep: z.boolean() }).openapi("Recovered"),
    async run({ body, at, context: { db, dormantMonths } }) {
      const place = placeOf(body.device)
      const recovered = await recoverPassword(db, { flow: body.flow, password: body.password, dormantMonths, ...place, at })
      if (recovered.outcome === "asleep") return no("owner_fact_needed")
      if (recovered.outcome !== "signed_in") return no("proof_missing")
      const answer = await inTransaction(db, (tx) => signedInAnswer(tx, recovered, place, at))
      return { ...answer, passkeysAsleep: recovered.passkeysAsleep }
    },
  })
}

/** A code is tried in a flow of its own, and proves the phone for what comes next. */
function declareFlowProof(
  account: Account,
  { path, purpose, name, tag }: { path: `/${string}`; purpose: "recover" | "new_number" | "child"; name: string; tag: string },
): void {
  forGuests(account, {
    ...{ method: "post", path, tag, name, codes: ["code_invalid"], summary: `Prove the phone by the code of \`${purpose}\`` },
    body: z.strictObject({ flow, code }),
    answer: PROVEN,
    async run({ body, at, context: { db } }) {
      const address = await inTransaction(db, (tx) => tryCode(tx, { ...body, purpose, at }))
      return address ? { proven: true as const } : no("code_invalid")
    },
  })
}

function declareLostNumber(account: Account): void {
  const tag = "Recovery"
  declareFlowProof(account, { path: "/lost-number/code", purpose: "new_number", name: "proveNewNumber", tag })
  forGuests(account, {
    ...{ method: "post", path: "/lost-number", tag, name: "askForNewNumber", codes: ["proof_missing", "too_often"], status: 202 },
    summary: "The old number is lost: ask for the proven one in its place",
    description:
      "If what is said fits an account, a letter goes to its e-mail; opening the link in it starts two days of waiting, of which the old number and every address are told, and which any of them may stop. Nobody learns here whether it fitted.",
    body: z.strictObject({
      flow,
      oldPhone: phone,
      email: text(254),
      fact: text(40).openapi({
        description: "What only the owner knows: the last four digits of a card, or what the last purchase came to, in roubles («34,50»).",
      }),
    }),
    answer: z.object({ asked: z.literal(true) }),
    async run({ body: { flow: token, oldPhone, email, fact }, ip, at, locale, context: { db, publicUrl } }) {
      const wait = await inTransaction(db, (tx) => takeNewNumberAsk(tx, { oldPhone: oldPhone.replace(/\D/g, "").slice(-9), ip, at }))
      if (wait > 0) return no("too_often", { retryAfterSeconds: wait })
      await inTransaction(db, async (tx) => {
        const newPhone = (await provenAddress(tx, { flow: token, purpose: "new_number", spend: true, at })) ?? refuse("proof_missing")
        const page = `${publicUrl}${locale === "ru" ? "" : `/${locale}`}/recover/letter?t=`
        await askForNewNumber(tx, { oldPhone, newPhone, email, fact, link: page, at })
      })
      return { asked: true as const }
    },
  })
}
