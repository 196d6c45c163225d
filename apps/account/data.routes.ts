import { z } from "@hono/zod-openapi"
import { addDays, dayIn, MINSK, startOfDay } from "@mila/kernel"
import { birthdayMovesFrom, changeLanguage, changePerson, idsOf, leavingOf, memberHistory, personOf } from "@mila/members"
import {
  beginLeaving,
  fileOwnRequest,
  keepOwnWishes,
  ownRequests,
  ownWishes,
  stayInProgramme,
  takeOwnCopy,
  WISHES_POSSIBLE,
} from "@mila/membership"
import { classOf, isCode, outboxOf } from "@mila/messages"
import { COPY_FORMS, disclosuresOf, makeCopyLink } from "@mila/privacy"
import { actionText, auditTrail } from "@mila/staff"
import { type Account, forMembers, forProven, refuse } from "./declare.ts"
import { Birthday, Name } from "./joining.routes.ts"
import { day, instant, instantOrNull, locale, phone, text, whole } from "./schemas.ts"

const of = { tag: "Personal data" }
const YEAR = 365

/** What we know of a person: shown, changed, carried away. */
export function declarePerson(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/me/person", ...of, name: "getPerson", summary: "Name, phone, e-mail, birthday, and what changed before" },
    answer: z.object({
      name: z.object({ given: z.string(), family: z.string(), patronymic: z.string().nullable() }).nullable(),
      maskedPhone: z.string().nullable(),
      email: z.string().nullable(),
      emailProven: z.boolean().openapi({ description: "Until it is, nothing is sent to the address, and it helps to get nothing back." }),
      birthday: z.object({ month: z.number().int(), day: z.number().int() }).nullable(),
      birthdayMovesFrom: day.nullable().openapi({ description: "It may be changed once a year; from then on." }),
      registeredAt: instant,
      history: z.array(z.object({ what: z.string(), at: instant, by: z.enum(["member", "staff", "system"]) })),
    }),
    async act({ tx, memberId, at }) {
      const person = (await personOf(tx, memberId)) ?? refuse("not_signed_in")
      const events = (await memberHistory(tx, memberId)).toReversed().slice(0, 50)
      const hand = (by: string) => (by.startsWith("member") ? "member" : by.startsWith("staff") ? "staff" : "system") as "member"
      const moves = (await birthdayMovesFrom(tx, { memberId, at })) ?? null
      return { ...person, birthdayMovesFrom: moves, history: events.map((event) => ({ ...event, by: hand(event.by) })) }
    },
  })
  forProven(account, {
    ...{ method: "put", path: "/me/person", ...of, name: "changePerson" },
    codes: ["name_invalid", "birthday_invalid", "birthday_moved_lately"],
    summary: "Another name, another birthday",
    body: z.strictObject({ name: Name, birthday: Birthday.nullable() }),
    act: async ({ tx, memberId, body, at }) => void (await changePerson(tx, { memberId, ...body, at, by: `member:${memberId}` })),
  })
  declareCopies(account)
}

function declareCopies(account: Account): void {
  forProven(account, {
    ...{ method: "post", path: "/me/copies", ...of, name: "askForCopy", status: 201 },
    summary: "Ask for a copy of everything we hold of the member: a link that works once",
    description: "It works once, within 15 minutes, and in this session alone; a newer one in the same form takes its place.",
    body: z.strictObject({ form: z.enum(COPY_FORMS).openapi({ description: "`pdf` to be read, `json` to be carried elsewhere." }) }),
    answer: z.object({ path: z.string().openapi({ description: "Where the copy is, below this host." }), until: instant }),
    async act({ tx, memberId, sessionId, body, at }) {
      const { token, until } = await makeCopyLink(tx, { memberId, sessionId, ...body, at })
      return { path: `/api/v1/me/copies/${token}`, until }
    },
  })
  forMembers(account, {
    ...{ method: "get", path: "/me/copies/{link}", ...of, name: "takeCopy", codes: ["copy_unavailable"] },
    summary: "Everything we hold of the member, this once; they are told that it was taken",
    params: z.object({ link: z.string().max(100) }),
    files: ["application/pdf", "application/json"],
    file: ({ tx, params: { link }, memberId, sessionId, session: { device }, locale, at }) =>
      takeOwnCopy(tx, { token: link, memberId, sessionId, device, locale, at }),
  })
}

/** Who was told, who looked, what was sent and why. */
export function declareDisclosures(account: Account): void {
  forMembers(account, {
    ...{ method: "get", path: "/me/disclosures", ...of, name: "listDisclosures", summary: "Whom the member's data went to, in a year" },
    answer: z.object({
      disclosures: z.array(
        z.object({ recipient: z.string(), purpose: z.string(), basis: z.string(), what: z.array(z.string()), at: instant }),
      ),
    }),
    async act({ tx, memberId, at }) {
      const disclosures = await disclosuresOf(tx, { memberId, since: startOfDay(MINSK, addDays(dayIn(MINSK, at), -YEAR)) })
      return { disclosures: disclosures.map((one) => ({ ...one, what: [...one.what] })) }
    },
  })
  forMembers(account, {
    ...{
      method: "get",
      path: "/me/looks",
      ...of,
      name: "listLooks",
      summary: "Who of the staff looked at the member's data, and what they did",
    },
    answer: z.object({ looks: z.array(z.object({ staffId: z.number().int(), text: z.string(), at: instant })) }),
    async act({ tx, memberId, locale }) {
      const trail = await auditTrail(tx, { object: `member:${memberId}`, most: 100 })
      const looks = trail.flatMap(({ staffId, action, details, at }) =>
        staffId === null ? [] : [{ staffId, text: actionText(action, details, locale), at }],
      )
      return { looks }
    },
  })
  declareMessages(account)
  declareLanguage(account)
  declareWishes(account)
}

/** In which language the member is written to. */
function declareLanguage(account: Account): void {
  forMembers(account, {
    ...{ method: "put", path: "/me/language", ...of, name: "changeLanguage", codes: ["member_left"] },
    summary: "The language of messages from now on; answers come in that of Accept-Language",
    body: z.strictObject({ locale }),
    act: ({ tx, memberId, body }) => changeLanguage(tx, { memberId, locale: body.locale }),
  })
}

const within = (possible: readonly number[]) => whole(possible[0]!, possible.at(-1)!)
const Wishes = z
  .strictObject({
    quietFromHour: within(WISHES_POSSIBLE.evenings),
    quietUntilHour: within(WISHES_POSSIBLE.mornings),
    mostAWeek: within(WISHES_POSSIBLE.weeks),
  })
  .openapi("Wishes", {
    description:
      "Advertising rests between these full hours in Minsk, and comes so often in seven days at most. The widest there is holds for everybody.",
  })

function declareWishes(account: Account): void {
  forMembers(account, {
    ...{
      method: "get",
      path: "/me/wishes",
      ...of,
      name: "getWishes",
      summary: "When advertising leaves the member alone, and how much of it comes",
    },
    answer: Wishes,
    act: ({ tx, memberId }) => ownWishes(tx, memberId),
  })
  forMembers(account, {
    ...{ method: "put", path: "/me/wishes", ...of, name: "keepWishes", summary: "More quiet, less advertising" },
    body: Wishes,
    act: ({ tx, memberId, body, at }) => keepOwnWishes(tx, { memberId, ...body, at }),
  })
}

function declareMessages(account: Account): void {
  forMembers(account, {
    ...{
      method: "get",
      path: "/me/messages",
      ...of,
      name: "listMessages",
      summary: "What was sent to the member, and why: service, advertising or law",
    },
    answer: z.object({
      messages: z.array(
        z.object({
          messageId: z.number().int(),
          channel: z.string(),
          subject: z.string().nullable(),
          text: z.string(),
          because: z.string(),
          queuedAt: instant,
        }),
      ),
    }),
    async act({ tx, memberId }) {
      const sent = (await outboxOf(tx, { memberId: await idsOf(tx, memberId), most: 50 })).filter(({ template }) => !isCode(template))
      return { messages: sent.map((message) => ({ ...message, because: classOf(message.template) })) }
    },
  })
}

const REQUESTS = ["information", "disclosures", "correction", "withdrawal", "deletion"] as const
const RequestShown = z
  .object({
    requestId: z.number().int(),
    kind: z.enum(REQUESTS),
    essence: z.string(),
    state: z.enum(["open", "answered", "refused"]),
    due: day.openapi({ description: "The last day for the answer: five working days for information, fifteen days for the rest." }),
    ground: z.string().nullable(),
    answer: z.string().nullable(),
    answeredAt: instantOrNull,
    madeAt: instant,
  })
  .openapi("LegalRequest")

/** Applications under Law 99-З, and leaving. */
export function declareLegal(account: Account): void {
  forMembers(account, {
    ...{
      method: "get",
      path: "/me/requests",
      ...of,
      name: "listRequests",
      summary: "The member's applications under Law 99-З with their clocks",
    },
    answer: z.object({ requests: z.array(RequestShown) }),
    act: async ({ tx, memberId }) => ({ requests: await ownRequests(tx, memberId) }),
  })
  forMembers(account, {
    ...{ method: "post", path: "/me/requests", ...of, name: "makeRequest", status: 201, key: "needed" },
    codes: ["request_open", "request_at_hand"],
    summary: "Apply; what the system holds itself is answered at once",
    description:
      "`information` and `disclosures` come back answered; the same again within 30 days goes to a clerk. `withdrawal` and `deletion` are at hand (`DELETE /me/consents/{purpose}`, `PUT /me/leaving`): offer that first, and send `anyway` for who wants it filed all the same.",
    body: z.strictObject({ kind: z.enum(REQUESTS), essence: text(2_000), anyway: z.boolean().default(false) }),
    answer: RequestShown,
    act: ({ tx, memberId, body, locale, at }) => fileOwnRequest(tx, { memberId, ...body, locale, at }),
  })
  declareLeaving(account)
}

function declareLeaving(account: Account): void {
  const Leaving = z.object({ leavesAt: instantOrNull })
  forMembers(account, {
    ...{ method: "get", path: "/me/leaving", ...of, name: "getLeaving", summary: "When the membership ends, once that was asked for" },
    answer: Leaving,
    act: async ({ tx, memberId }) => ({ leavesAt: (await leavingOf(tx, memberId))?.leavesAt ?? null }),
  })
  forProven(account, {
    ...{ method: "put", path: "/me/leaving", ...of, name: "leave", codes: ["phone_invalid", "phone_foreign", "member_left"] },
    summary:
      "Leave in three days: personal data, favourites and the texts of messages are wiped, points are given to somebody or cancelled; until then one word takes it back",
    body: z.strictObject({
      giftTo: phone.nullable().openapi({ description: "The phone of whoever gets the available points." }),
      keepsReviews: z.boolean().default(false).openapi({ description: "Published reviews stay, without author and photos; else they go." }),
    }),
    answer: Leaving,
    async act({ tx, memberId, body: { giftTo, keepsReviews }, at, context: { phoneRules } }) {
      await beginLeaving(tx, { memberId, giftTo, keepsReviews, phoneRules, at })
      return { leavesAt: (await leavingOf(tx, memberId))?.leavesAt ?? null }
    },
  })
  forMembers(account, {
    ...{ method: "delete", path: "/me/leaving", ...of, name: "stay", codes: ["representative_needed"], summary: "Stay after all" },
    act: ({ tx, memberId, at }) => stayInProgramme(tx, { memberId, at }),
  })
}
