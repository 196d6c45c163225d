import { wordsOf } from "./text/fold.ts"
import { stemOf } from "./text/stem.ts"

/** Words people use for one thing, a group a line. */
const GROUPS = `
духи парфюм парфюмерия
дезодорант антиперспирант дезик
подгузники памперсы подгузник
бальзам кондиционер ополаскиватель
румяна блаш
хайлайтер иллюминатор
консилер корректор
тушь маскара
подводка лайнер айлайнер
тональник тональный тоналка
освежитель ароматизатор
прокладки тампоны
носки шкарпэткі
колготки калготкі
волосы волос валасы
лицо твар
губы вусны
мыло мыла
крем крэм
пилинг скраб эксфолиант
сыворотка серум
тонер тоник
патчи патч
бритва станок
ремувер демакияж
парфюмерная парфюмированная
щетка щеточка зубная
подарок подарочный презент`

const SYNONYMS = new Map<string, Set<string>>()
for (const line of GROUPS.trim().split("\n")) {
  const stems = wordsOf(line).map(stemOf)
  for (const stem of stems) {
    const others = SYNONYMS.get(stem) ?? new Set<string>()
    for (const other of stems) if (other !== stem) others.add(other)
    SYNONYMS.set(stem, others)
  }
}

/** Stems of other words for the same thing. */
export const synonymsOf = (stem: string): Iterable<string> => SYNONYMS.get(stem) ?? []
