import { inTransaction, type Job } from "@mila/kernel"
import { forgetAnswers } from "./kept-answers.ts"
import { forgetNewNumbers } from "./new-number.ts"
import { forgetChallenges } from "./passkeys/challenges.ts"
import { APP_TOKEN_POLICY, forgetAppTokens } from "./sign-in/app-tokens.ts"
import { forgetFailures } from "./sign-in/attempts.ts"
import { forgetCodes } from "./sign-in/codes.ts"
import { forgetDevices } from "./sign-in/known-devices.ts"
import { forgetUses } from "./sign-in/limits.ts"
import { forgetSessions } from "./sign-in/sessions.ts"

const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * 86_400_000)

/** What the worker may run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. */
export const jobs: readonly Job[] = [
  {
    name: "forgetSignIns",
    cron: "40 3 * * *",
    run: (db, { at }) =>
      inTransaction(db, async (tx) => ({
        codes: await forgetCodes(tx, { before: daysBefore(at, 7) }),
        appTokens: await forgetAppTokens(tx, { before: daysBefore(at, APP_TOKEN_POLICY.keptDays) }),
        answers: await forgetAnswers(tx, { before: daysBefore(at, 30) }),
        sessions: await forgetSessions(tx, { endedBefore: daysBefore(at, 90), at }),
        devices: await forgetDevices(tx, { before: daysBefore(at, 400) }),
        uses: await forgetUses(tx, { before: daysBefore(at, 2) }),
        newNumbers: await forgetNewNumbers(tx, { before: daysBefore(at, 2) }),
        challenges: await forgetChallenges(tx, { before: at }),
        failures: await forgetFailures(tx, { before: daysBefore(at, 2) }),
      })),
  },
]
