/** Spans of time, in the case they stand in after «через». */
export const MINUTES = {
  ru: {
    second: { one: "секунду", few: "секунды", many: "секунд" },
    minute: { one: "минуту", few: "минуты", many: "минут" },
    hour: { one: "час", few: "часа", many: "часов" },
  },
  be: {
    second: { one: "секунду", few: "секунды", many: "секунд" },
    minute: { one: "хвіліну", few: "хвіліны", many: "хвілін" },
    hour: { one: "гадзіну", few: "гадзіны", many: "гадзін" },
  },
  en: {
    second: { one: "second", few: "seconds", many: "seconds" },
    minute: { one: "minute", few: "minutes", many: "minutes" },
    hour: { one: "hour", few: "hours", many: "hours" },
  },
} as const
