import { inTransaction, type Job, statement } from "@mila/kernel"

const OLD: readonly (readonly [figure: string, forget: ReturnType<typeof statement<{ n: number }>>])[] = [
  ["challenges", "challenge where ends_at < now()"],
  ["tries", "attempt where last_at < now() - interval '2 days'"],
  ["uses", "use where since < now() - interval '2 days'"],
  ["devices", "device where last_at < now() - interval '400 days'"],
].map(
  ([figure, rows]) => [figure!, statement<{ n: number }>(`staff.forget_old_${figure}`, `delete from staff.${rows} returning 1 n`)] as const,
)

/** What the worker may run, and when (cron, Minsk time). Each may run twice, late, beside itself or die half-way. */
export const jobs: readonly Job[] = [
  {
    name: "forgetStaffSignIns",
    cron: "45 3 * * *",
    run: (db) =>
      inTransaction(db, async (tx) => {
        const figures: Record<string, number> = {}
        for (const [figure, forget] of OLD) figures[figure] = (await forget(tx, [])).length
        return figures
      }),
  },
]
