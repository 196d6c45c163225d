import type { Locale } from "@mila/kernel"

export const PROMO: Readonly<Record<Locale, { until: string; now: string; over: string }>> = {
  ru: { until: "До {day} включительно", now: "Действует сейчас", over: "Акция закончилась" },
  be: { until: "Да {day} уключна", now: "Дзейнічае цяпер", over: "Акцыя скончылася" },
  en: { until: "Until {day} inclusive", now: "Running now", over: "This promotion has ended" },
}
