import type { Locale } from "@mila/kernel"

const NAMES: Readonly<Record<Locale, string>> = { ru: "Мила", be: "Міла", en: "Mila" }

/** What the chain is called. */
export const chainName = (locale: Locale): string => NAMES[locale]

/** What receipts are called on a paper. */
export const RECEIPT_NAMES: Readonly<Record<Locale, { sale: string; return: string }>> = {
  ru: { sale: "Покупка", return: "Возврат" },
  be: { sale: "Пакупка", return: "Вяртанне" },
  en: { sale: "Purchase", return: "Return" },
}
