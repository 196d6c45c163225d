import type { Locale } from "@mila/kernel"

/** What stands on every paper, whatever it is about. */
export type PaperWords = {
  made: (moment: string) => string
  page: (page: number, pages: number) => string
  /** where a section has nothing to show */
  nothing: string
}

export const PAPER_WORDS: Record<Locale, PaperWords> = {
  ru: {
    made: (moment) => `Сформировано ${moment} (время Минска)`,
    page: (page, pages) => `стр. ${page} из ${pages}`,
    nothing: "Здесь ничего нет.",
  },
  be: {
    made: (moment) => `Сфарміравана ${moment} (час Мінска)`,
    page: (page, pages) => `стар. ${page} з ${pages}`,
    nothing: "Тут нічога няма.",
  },
  en: {
    made: (moment) => `Generated on ${moment} (Minsk time)`,
    page: (page, pages) => `page ${page} of ${pages}`,
    nothing: "There is nothing here.",
  },
}
