import type { Locale } from "@mila/kernel"

export const PROMO: Readonly<Record<Locale, { until: string; over: string }>> = {
  ru: { until: "До {day} включительно", over: "Акция закончилась" },
  be: { until: "Да {day} уключна", over: "Акцыя скончылася" },
  en: { until: "Until {day} inclusive", over: "This promotion has ended" },
}
