import { inTransaction } from "@mila/kernel"
import { type SignInWatch, watchSignIns } from "@mila/members"
import type { WorkerContext } from "./job.ts"

type Watching = Pick<WorkerContext, "db" | "clock" | "log" | "signIns">

/** Looks after people signing in, for figures and alarms. An alarm is a line in the log as it begins and another as it ends, not one a look. */
export function signInWatcher({ db, clock, log, signIns }: Watching): () => Promise<void> {
  let before: SignInWatch = { codesSent: 0, codesUsed: 0, pumping: false, passwordsRestSeconds: 0 }
  return async () => {
    const now = await inTransaction(db, (tx) => watchSignIns(tx, { at: clock.now() }))
    const { codesSent, codesUsed } = now
    if (now.pumping && !before.pumping)
      log.error({ alarm: "codes_unused", codesSent, codesUsed }, "codes are asked for and not used: somebody may be pumping SMS")
    if (!now.pumping && before.pumping) log.info({ alarm: "codes_unused", codesSent, codesUsed }, "codes are used again")
    if (now.passwordsRestSeconds > 0 && before.passwordsRestSeconds === 0)
      log.error(
        { alarm: "passwords_tried", restSeconds: now.passwordsRestSeconds },
        "passwords of many people are tried: devices we do not know wait",
      )
    if (now.passwordsRestSeconds === 0 && before.passwordsRestSeconds > 0)
      log.info({ alarm: "passwords_tried" }, "devices we do not know may sign in by password again")
    before = now
    signIns?.(now)
  }
}
