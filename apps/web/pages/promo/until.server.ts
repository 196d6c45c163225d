import { dayIn, dayText, type Locale, MINSK } from "@mila/kernel"
import { PROMO } from "./words.ts"

/** «До 29 ноября включительно»; one without an end runs now, one that is over says so. */
export function untilOf(endsAt: Date | null, { at, locale }: { at: Date; locale: Locale }): string {
  const { until, now, over } = PROMO[locale]
  if (endsAt === null) return now
  return endsAt <= at ? over : until.replace("{day}", dayText(dayIn(MINSK, new Date(endsAt.getTime() - 1)), locale, dayIn(MINSK, at)))
}
