import type { Job } from "@mila/kernel"
import { leaveJob } from "./leave.ts"
import { newNumberJob } from "./new-number.ts"
import { newTermsJob } from "./new-terms.ts"
import { sixteenJob } from "./sixteen.ts"

/** What the worker may run, and when (cron, Minsk time). */
export const jobs: readonly Job[] = [leaveJob, newNumberJob, newTermsJob, sixteenJob]
