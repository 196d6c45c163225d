import { z } from "@hono/zod-openapi"
import { dayIn, daysBetween, MINSK, type Tx } from "@mila/kernel"
import { idsOf, profilesOf } from "@mila/members"
import { type Deed, fulfilRequest, makeOwnRequest, refuseRequest } from "@mila/membership"
import {
  countRequests,
  findRequests,
  GROUNDS,
  type LegalRequest,
  type Purpose,
  PURPOSES,
  requestById,
  requestHistory,
  takeRequest,
} from "@mila/privacy"
import type { Permission, SignedIn } from "@mila/staff"
import type { Call } from "./context.ts"
import { declare, type Office } from "./declare.ts"
import { Birthday, byMember, knownMember, Name } from "./members.routes.ts"
import { refuse } from "./refusals.ts"
import { day, idIn, instant, instantIn, most, text, whole } from "./schemas.ts"

const kind = z.enum(["information", "disclosures", "correction", "withdrawal", "deletion"])
const state = z.enum(["open", "answered", "refused"])
export const purpose = z.enum(Object.keys(PURPOSES) as [Purpose, ...Purpose[]])

const Listed = z
  .object({
    requestId: z.number(),
    memberId: z.number(),
    kind,
    state,
    madeAt: instant,
    due: day.openapi({ description: "The last day for the answer, in Minsk (Law 99-З, articles 10–13)." }),
    daysLeft: z
      .number()
      .openapi({ description: "Days until `due`; 0 is today, below zero it is late. Of what is answered: null." })
      .nullable(),
    late: z.boolean().openapi({ description: "Open after its day, or answered after it." }),
    takenBy: z.string().nullable(),
    takenAt: instant.nullable(),
    answeredAt: instant.nullable(),
    ground: z.enum(GROUNDS).nullable(),
  })
  .openapi("LegalRequest")

const Whole = Listed.extend({
  essence: z.string(),
  answer: z.string().nullable(),
  history: z.array(z.object({ what: z.enum(["made", "taken", "answered", "refused"]), at: instant, by: z.string() })),
}).openapi("WholeLegalRequest")

const byRequest = z.object({ requestId: idIn })
const words = text(2_000)

const DeedIn = z
  .discriminatedUnion("is", [
    z.strictObject({
      is: z.literal("correction"),
      name: Name,
      birthday: Birthday.extend({
        year: whole(1900, 2100).nullable().default(null).openapi({
          description: "Of who is a member by a representative's consent alone: it moves the day they are 16. It is not kept.",
        }),
      }).nullable(),
      representativeAgrees: z.boolean().default(false).openapi({
        description: "Whoever represents the child was asked by you: needed where that day comes sooner. They are told by SMS in any case.",
      }),
    }),
    z.strictObject({ is: z.literal("withdrawal"), purposes: z.array(purpose).min(1).max(20) }),
    z.strictObject({
      is: z.literal("deletion"),
      givesUp: whole(0, Number.MAX_SAFE_INTEGER),
      keepsReviews: z.boolean().default(false).openapi({ description: "Published reviews stay, without their author; else they go." }),
    }),
  ])
  .openapi("Deed", {
    description:
      "Done in the transaction of the answer, and of the kind that was asked for. `correction` needs `members.correct`, `deletion` needs " +
      "`members.leave` and the points the person was shown they give up.",
  })

/** Requests under Law 99-З with their clocks: the list of what waits, and one with everything that was done about it. */
export function declareLegalRequests(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/legal-requests", permission: "privacy.read", tag: "Privacy" },
    summary: "Legal requests, the most urgent first, and how many wait; what people wrote is shown one by one",
    query: z.strictObject({
      state: z.enum(["open", "answered", "refused", "all"]).default("open"),
      late: z.stringbool().default(false).openapi({ type: "boolean", description: "Only those whose day has passed." }),
      memberId: idIn.optional(),
      most,
    }),
    answer: z.object({
      open: z.number(),
      late: z.number(),
      dueToday: z.number(),
      untaken: z.number(),
      requests: z.array(Listed),
    }),
    async act({ tx, at, query: { state, late, memberId, most } }) {
      const today = dayIn(MINSK, at)
      const memberIds = memberId === undefined ? null : await idsOf(tx, memberId)
      const wanted = { state: state === "all" ? null : state, lateOn: late ? today : null, memberIds, most }
      const requests = await findRequests(tx, wanted)
      return { ...(await countRequests(tx, { today })), requests: requests.map((request) => listed(request, at)) }
    },
  })
  declare(office, {
    ...{ method: "get", path: "/legal-requests/{requestId}", permission: "privacy.read", tag: "Privacy" },
    summary: "A legal request with what was written and what was done about it; the look is written down",
    params: byRequest,
    answer: Whole,
    async act({ tx, at, params: { requestId }, note }) {
      const request = await requestById(tx, requestId)
      await note("legal-request.see", `member:${request.memberId}`, { requestId })
      return wholeOf(tx, request, at)
    },
  })
}

/** Requests that come on paper. */
export function declarePaperRequests(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/members/{memberId}/legal-requests", permission: "privacy.answer", tag: "Privacy", status: 201 },
    summary: "Take down a request that came on paper; its clock runs from the day it was received",
    params: byMember,
    body: z.strictObject({ kind, essence: words, receivedAt: instantIn.optional() }),
    answer: z.object({ requestId: z.number(), due: day }),
    async act({ tx, at, by, staff, params, body: { kind, essence, receivedAt = at }, note }) {
      if (receivedAt > at) refuse("out_of_range", { fields: ["receivedAt"] })
      const { memberId } = await knownMember(tx, params.memberId)
      await othersOnly(tx, { memberId, staff })
      const made = await makeOwnRequest(tx, { memberId, kind, essence, at: receivedAt, by })
      await note("legal-request.make", `member:${memberId}`, { requestId: made.requestId, kind })
      return made
    },
  })
}

/** Taking a request on, answering it with what it asks for, refusing it. */
export function declareAnswers(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/legal-requests/{requestId}/take", permission: "privacy.answer", tag: "Privacy" },
    summary: "Say that you work on it; `overtake` takes it from a colleague",
    params: byRequest,
    body: z.strictObject({ overtake: z.boolean().default(false) }),
    answer: Listed,
    async act({ tx, at, by, staff, params: { requestId }, body: { overtake }, note }) {
      const { memberId } = await notTheirRequest(tx, { requestId, staff })
      await takeRequest(tx, { requestId, overtake, at, by })
      await note("legal-request.take", `member:${memberId}`, { requestId })
      return listed(await requestById(tx, requestId), at)
    },
  })
  declare(office, {
    ...{ method: "post", path: "/legal-requests/{requestId}/answer", permission: "privacy.answer", tag: "Privacy" },
    summary: "Answer it, and do what it asks for in the same step; the member is told, and reads the answer in the account",
    params: byRequest,
    body: z.strictObject({ answer: words, deed: DeedIn.optional() }),
    answer: Listed,
    async act({ tx, at, by, staff, params: { requestId }, body: { answer, deed }, note }) {
      const { memberId } = await notTheirRequest(tx, { requestId, staff })
      if (deed) allowedTo(staff, deed)
      const request = await fulfilRequest(tx, { requestId, answer, deed: deed ?? null, at, by })
      await note("legal-request.answer", `member:${memberId}`, { requestId, deed: deed?.is ?? null })
      return listed(request, at)
    },
  })
  declare(office, {
    ...{ method: "post", path: "/legal-requests/{requestId}/refuse", permission: "privacy.answer", tag: "Privacy" },
    summary: "Refuse it, with its ground and the reasons in words (the law wants both told); the member is told",
    params: byRequest,
    body: z.strictObject({ ground: z.enum(GROUNDS), answer: words }),
    answer: Listed,
    async act({ tx, at, by, staff, params: { requestId }, body, note }) {
      const { memberId } = await notTheirRequest(tx, { requestId, staff })
      const request = await refuseRequest(tx, { requestId, ...body, at, by })
      await note("legal-request.refuse", `member:${memberId}`, { requestId, ground: body.ground })
      return listed(request, at)
    },
  })
}

const RIGHTS: Partial<Record<Deed["is"], Permission>> = { correction: "members.correct", deletion: "members.leave" }

function allowedTo({ permissions }: SignedIn, { is }: Deed): void {
  const permission = RIGHTS[is]
  if (permission && !permissions.has(permission)) refuse("not_allowed", { permission })
}

/** Nobody works with their own data as a clerk. */
export async function othersOnly(tx: Tx, { memberId, staff }: { memberId: number; staff: SignedIn }): Promise<void> {
  if (staff.memberId === null) return
  const profiles = await profilesOf(tx, [memberId, staff.memberId])
  if (profiles.get(memberId)?.memberId === profiles.get(staff.memberId)?.memberId) refuse("own_data")
}

async function notTheirRequest(tx: Tx, { requestId, staff }: { requestId: number } & Pick<Call<unknown, unknown, unknown>, "staff">) {
  const request = await requestById(tx, requestId)
  await othersOnly(tx, { memberId: request.memberId, staff })
  return request
}

/** What was written, and the answer, are left out by the shape of the answer (`Listed`). */
function listed(request: LegalRequest, at: Date) {
  const { due, answeredAt } = request
  const daysLeft = answeredAt ? null : daysBetween(dayIn(MINSK, at), due)
  return { ...request, daysLeft, late: dayIn(MINSK, answeredAt ?? at) > due }
}

async function wholeOf(tx: Tx, request: LegalRequest, at: Date) {
  return { ...listed(request, at), history: await requestHistory(tx, request.requestId) }
}
