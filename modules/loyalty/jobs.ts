import { inTransaction, type Job } from "@mila/kernel"
import { forgetNotices } from "./notices.ts"
import { remindOfExpiry } from "./remind.ts"
import { retier } from "./turnover.ts"

const PAGE = 500
const MEMBERS_TOLD = 200 // a step; their purses are locked for as long as it takes
const NOTICES_KEPT_DAYS = 3 * 366
const DAY_MS = 86_400_000

/** What the worker may run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. */
export const jobs: readonly Job[] = [
  {
    name: "retier",
    cron: "20 0 * * *", // levels fall on the first of a month; the other days catch up after a new programme
    async run(db, { at }) {
      const done = { members: 0, changed: 0 }
      for (let after: number | null = 0; after !== null;) {
        const from: number = after
        const page = await inTransaction(db, (tx) => retier(tx, { at, after: from, most: PAGE }))
        done.members += page.members
        done.changed += page.changed
        after = page.last
      }
      return done
    },
  },
  {
    name: "remindOfExpiry",
    cron: "0 11 * * *", // when people are awake
    async run(db, { at }) {
      const done = { notices: 0, offered: 0, points: 0 }
      for (let after: number | null = 0; after !== null;) {
        const from: number = after
        const step = await inTransaction(db, (tx) => remindOfExpiry(tx, { at, after: from, most: MEMBERS_TOLD }))
        done.notices += step.notices
        done.offered += step.offered
        done.points += step.points
        after = step.last
      }
      return done
    },
  },
  {
    name: "forgetNotices",
    cron: "35 4 * * *",
    async run(db, { at }) {
      const before = new Date(at.getTime() - NOTICES_KEPT_DAYS * DAY_MS)
      for (let forgotten = 0; ;) {
        const step = await inTransaction(db, (tx) => forgetNotices(tx, { before, most: 1_000 }))
        if (step === 0) return { forgotten }
        forgotten += step
      }
    },
  },
]
