import { z } from "@hono/zod-openapi"
import { assert, type SimulatedClock } from "@mila/kernel"
import { CHANNELS, isCode, outboxOf, smsToday } from "@mila/messages"
import { declare, type Office } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { idIn, instant, instantIn, most, text } from "./schemas.ts"

/** Jobs, run now instead of when they are due. */
export function declareJobs(office: Office): void {
  const { context } = office
  declare(office, {
    ...{ method: "get", path: "/jobs", permission: "jobs.run", tag: "Jobs", summary: "The jobs there are" },
    answer: z.object({ jobs: z.array(z.string()) }),
    act: async () => ({ jobs: [...context.jobNames] }),
  })
  declare(office, {
    ...{
      method: "post",
      path: "/jobs/{name}/run",
      permission: "jobs.run",
      tag: "Jobs",
      summary: "Run a job to its end and see what it did",
    },
    params: z.object({ name: z.string().regex(/^[\w.-]{1,64}$/) }),
    answer: z.object({ name: z.string(), outcome: z.unknown() }).openapi("JobRun"),
    async run({ params: { name }, note }) {
      if (!context.jobNames.includes(name)) refuse("job_not_found", { name })
      await note("job.run", `job:${name}`)
      return { name, outcome: (await context.runJob(name)) ?? null }
    },
  })
}

/** SMS cost money, and some make others send them: what went today, and what the caps let through. */
export function declareSmsToday(office: Office): void {
  const caps = z.object({ perNumber: z.number(), perPrefix: z.number(), perDay: z.number() })
  const stopped = z.object({ number: z.number(), prefix: z.number(), day: z.number() })
  declare(office, {
    ...{
      method: "get",
      path: "/messages/sms-today",
      permission: "jobs.run",
      tag: "Jobs",
      summary: "SMS sent and stopped today, and the caps",
    },
    answer: z.object({ day: z.string(), sent: z.number(), stopped, highestPrefix: z.number(), caps }).openapi("SmsToday"),
    act: async ({ tx, at, context }) => ({ ...(await smsToday(tx, at)), caps: context.smsCaps }),
  })
}

/** What exists only on a demo system or under a simulated clock: reading queued messages and moving time. */
export function declareSimulation(office: Office): void {
  const { context } = office
  if (context.outboxIsOpen) {
    declare(office, {
      ...{
        method: "get",
        path: "/outbox",
        permission: "outbox.read",
        tag: "Simulation",
        summary: "Queued messages as people would read them, newest first",
      },
      query: z.strictObject({ memberId: idIn.optional(), to: text(200).optional(), before: idIn.optional(), most }),
      answer: z.object({
        messages: z.array(
          z.object({
            messageId: z.number(),
            memberId: z.number().nullable(),
            channel: z.enum(CHANNELS),
            to: z.string(),
            template: z.string(),
            params: z.record(z.string(), z.union([z.string(), z.number()])),
            locale: z.string(),
            state: z.enum(["queued", "sent", "failed"]),
            delivery: z.enum(["under_way", "delivered", "expired", "undeliverable"]).nullable(),
            queuedAt: instant,
            subject: z.string().nullable(),
            text: z.string(),
          }),
        ),
      }),
      async act({ tx, query: { memberId, to, before, most } }) {
        const messages = await outboxOf(tx, {
          most,
          ...(memberId === undefined ? {} : { memberId }),
          ...(to === undefined ? {} : { to }),
          ...(before === undefined ? {} : { before }),
        })
        // nobody on the staff reads a member's code (security case A14)
        return { messages: messages.filter(({ template }) => !isCode(template)) }
      },
    })
  }
  if ("moveTo" in context.clock) declareClock(office, context.clock as SimulatedClock)
}

function declareClock(office: Office, clock: SimulatedClock): void {
  const Now = z.object({ now: instant }).openapi("Now")
  declare(office, {
    ...{ method: "get", path: "/clock", permission: "clock.set", tag: "Simulation", summary: "The time it is here" },
    answer: Now,
    act: async ({ at }) => ({ now: at }),
  })
  declare(office, {
    ...{ method: "put", path: "/clock", permission: "clock.set", tag: "Simulation", summary: "Move the clock forward" },
    body: z.strictObject({ now: instantIn }),
    answer: Now,
    async run({ at, body: { now }, note }) {
      if (now < at) refuse("clock_goes_forward", { now: at.toISOString() })
      await note("clock.set", "clock", { to: now.toISOString() })
      const moved = clock.moveTo(now)
      assert(moved >= now, "the clock stands where it was put, or later")
      return { now: moved }
    },
  })
}
