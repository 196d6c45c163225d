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

/** Colours and the shades that are such: who asks for red is shown cherry; who asks for cherry is not shown red. */
const SHADES = `
красный: алый рубин рубиновый вишня вишневый маковый мак гранат гранатовый
розовый: роза фуксия пудровый
коричневый: кофе кофейный шоколад шоколадный каштан каштановый карамель карамельный мокко какао капучино бронза
кофейный: капучино латте мокко эспрессо
бежевый: нюд песочный телесный натуральный слоновая фарфор
телесный: нюд бежевый натуральный
оранжевый: персик персиковый коралл коралловый терракота
фиолетовый: лиловый сирень сиреневый лаванда лавандовый слива сливовый
синий: сапфир небо полночь
голубой: небо
зеленый: изумруд изумрудный мята мятный оливка оливковый
бордовый: бордо вишня вишневый
серый: графит серебро пепельный
белый: молочный
чырвоны: вішня макавы рубін
ружовы: ружа фуксія пудравы`

for (const line of SHADES.trim().split("\n")) {
  const [colour = "", shades = ""] = line.split(":")
  const stem = stemOf(colour)
  const others = SYNONYMS.get(stem) ?? new Set<string>()
  for (const shade of wordsOf(shades)) others.add(stemOf(shade))
  SYNONYMS.set(stem, others)
}

/** Stems of other words for the same thing, or for kinds of it. */
export const synonymsOf = (stem: string): Iterable<string> => SYNONYMS.get(stem) ?? []
