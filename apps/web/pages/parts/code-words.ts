import type { Locale } from "@mila/kernel"
import type { CodeWords } from "./code-form.tsx"

/** What is said around the six digits of an SMS; a page says otherwise what is otherwise there. */
export const CODE_WORDS: Readonly<Record<Locale, CodeWords>> = {
  ru: {
    codeTitle: "Код из SMS",
    codeLead: "Отправили на {phone}. Код действует 10 минут.",
    code: "Шесть цифр",
    check: "Продолжить",
    again: "Прислать ещё раз",
    other: "Другой номер",
  },
  be: {
    codeTitle: "Код з SMS",
    codeLead: "Адправілі на {phone}. Код дзейнічае 10 хвілін.",
    code: "Шэсць лічбаў",
    check: "Працягнуць",
    again: "Даслаць яшчэ раз",
    other: "Іншы нумар",
  },
  en: {
    codeTitle: "Code from the SMS",
    codeLead: "Sent to {phone}. The code is good for 10 minutes.",
    code: "Six digits",
    check: "Continue",
    again: "Send it again",
    other: "Another number",
  },
}
