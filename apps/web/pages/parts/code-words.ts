import type { Locale } from "@mila/kernel"
import type { CodeWords } from "./code-form.tsx"

/** What is said around the six digits of an SMS; a page says otherwise what is otherwise there. */
export const CODE_WORDS: Readonly<Record<Locale, CodeWords>> = {
  ru: {
    codeTitle: "Код из SMS",
    codeLead: "Отправили на {phone}. Код действует 10\u00a0минут.",
    code: "Шесть цифр",
    check: "Продолжить",
    again: "Прислать ещё раз",
    other: "Другой номер",
  },
  be: {
    codeTitle: "Код з SMS",
    codeLead: "Адправілі на {phone}. Код дзейнічае 10\u00a0хвілін.",
    code: "Шэсць лічбаў",
    check: "Працягнуць",
    again: "Даслаць яшчэ раз",
    other: "Іншы нумар",
  },
  en: {
    codeTitle: "Code from the SMS",
    codeLead: "Sent to {phone}. The code is valid for 10\u00a0minutes.",
    code: "Six digits",
    check: "Continue",
    again: "Send it again",
    other: "Use another number",
  },
}
