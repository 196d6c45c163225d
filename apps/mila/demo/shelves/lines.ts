import type { LinePalette } from "./family.ts"

/** A line's name in three languages, and the plant or thing it is about: what its composition boasts of. */
export type Line = { name: readonly [ru: string, be: string, en: string]; extract: string | null }

const line = (ru: string, be: string, en: string, extract: string | null = null): Line => ({ name: [ru, be, en], extract })

const BOTANICAL: readonly Line[] = [
  line("Лён и мёд", "Лён і мёд", "Flax and honey", "Linum Usitatissimum Seed Oil"),
  line("Василёк", "Васілёк", "Cornflower", "Centaurea Cyanus Flower Water"),
  line("Клюква", "Журавіны", "Cranberry", "Vaccinium Macrocarpon Fruit Extract"),
  line("Ромашка и липа", "Рамонак і ліпа", "Camomile and lime blossom", "Chamomilla Recutita Flower Extract"),
  line("Облепиха", "Абляпіха", "Sea buckthorn", "Hippophae Rhamnoides Oil"),
  line("Берёзовый сок", "Бярозавы сок", "Birch sap", "Betula Alba Juice"),
  line("Мята и алоэ", "Мята і алоэ", "Mint and aloe", "Aloe Barbadensis Leaf Juice"),
  line("Овсяное молочко", "Аўсянае малачко", "Oat milk", "Avena Sativa Kernel Extract"),
  line("Шиповник", "Шыпшына", "Rose hip", "Rosa Canina Fruit Oil"),
  line("Череда и календула", "Чарада і каляндула", "Bur-marigold and calendula", "Calendula Officinalis Flower Extract"),
  line("Лесная ягода", "Лясная ягада", "Forest berry", "Vaccinium Myrtillus Fruit Extract"),
  line("Зелёный чай", "Зялёная гарбата", "Green tea", "Camellia Sinensis Leaf Extract"),
  line("Центелла", "Цэнтэла", "Centella", "Centella Asiatica Extract"),
  line("Муцин улитки", "Муцын слімака", "Snail mucin", "Snail Secretion Filtrate"),
  line("Витамин C", "Вітамін C", "Vitamin C", "Ascorbic Acid"),
  line("Гиалурон", "Гіялурон", "Hyaluron", "Sodium Hyaluronate"),
  line("Ниацинамид", "Ніяцынамід", "Niacinamide", "Niacinamide"),
  line("Коллаген", "Калаген", "Collagen", "Hydrolyzed Collagen"),
  line("Кокос и ваниль", "Какос і ваніль", "Coconut and vanilla", "Cocos Nucifera Oil"),
  line("Авокадо", "Авакада", "Avocado", "Persea Gratissima Oil"),
  line("Аргана", "Аргана", "Argan", "Argania Spinosa Kernel Oil"),
  line("Кератин", "Кератын", "Keratin", "Hydrolyzed Keratin"),
  line("Лаванда", "Лаванда", "Lavender", "Lavandula Angustifolia Oil"),
  line("Роза", "Ружа", "Rose", "Rosa Damascena Flower Water"),
]
const FRESH: readonly Line[] = [
  line("Утренняя роса", "Ранішняя раса", "Morning dew"),
  line("Альпийский ветер", "Альпійскі вецер", "Alpine wind"),
  line("Морской бриз", "Марскі брыз", "Sea breeze"),
  line("Лимон и лайм", "Лімон і лайм", "Lemon and lime"),
  line("Сосновый лес", "Хваёвы лес", "Pine forest"),
  line("Первый снег", "Першы снег", "First snow"),
  line("Летний сад", "Летні сад", "Summer garden"),
  line("Лаванда", "Лаванда", "Lavender"),
  line("Без запаха", "Без паху", "Unscented"),
  line("Арктика", "Арктыка", "Arctic"),
  line("Цитрус", "Цытрус", "Citrus"),
  line("Океан", "Акіян", "Ocean"),
  line("Белые цветы", "Белыя кветкі", "White flowers"),
  line("Горный ручей", "Горны ручай", "Mountain stream"),
  line("Яблоневый цвет", "Яблыневы цвет", "Apple blossom"),
  line("Экстра сила", "Экстра сіла", "Extra strength"),
  line("Бережный уход", "Беражлівы догляд", "Gentle care"),
]
const SERIES: readonly Line[] = [
  ...[
    "Velvet",
    "Satin Touch",
    "Nude Story",
    "Colour Rush",
    "Soft Focus",
    "Perfect Match",
    "Studio",
    "Glow",
    "24 Hours",
    "Pro Artist",
    "Silk",
  ],
  ...["Infinity", "Ultra Stay", "Le Jardin", "Matte Muse", "Star Dust", "Naturelle", "Daily", "Deluxe", "City Lights"],
].map((name) => line(name, name, name))
const SCENT: readonly Line[] = [
  line("Белый жасмин", "Белы язмін", "White jasmine"),
  line("Ночной сад", "Начны сад", "Night garden"),
  line("Кедр и бергамот", "Кедр і бергамот", "Cedar and bergamot"),
  line("Янтарный берег", "Бурштынавы бераг", "Amber shore"),
  line("Ирис", "Ірыс", "Iris"),
  line("Тихая гавань", "Ціхая гавань", "Quiet harbour"),
  line("Июльский дождь", "Ліпеньскі дождж", "July rain"),
  line("Сандал", "Сандал", "Sandalwood"),
  line("Чёрная орхидея", "Чорная архідэя", "Black orchid"),
  line("Сладкая вата", "Салодкая вата", "Candy floss"),
  line("Бергамот и чай", "Бергамот і гарбата", "Bergamot and tea"),
  line("Полночь в Минске", "Поўнач у Мінску", "Midnight in Minsk"),
  line("Пион", "Півоня", "Peony"),
  line("Инжир", "Інжыр", "Fig"),
  line("Лунный свет", "Месячнае святло", "Moonlight"),
  line("Кожа и табак", "Скура і тытунь", "Leather and tobacco"),
  line("Мускат", "Мускат", "Nutmeg"),
  line("Тонка", "Тонка", "Tonka"),
  line("Мандарин", "Мандарын", "Mandarin"),
  line("Белый мускус", "Белы мускус", "White musk"),
]
const PLAYFUL: readonly Line[] = [
  line("Горошек", "Гарошак", "Polka dots"),
  line("Полоска", "Палоска", "Stripes"),
  line("Котики", "Коцікі", "Cats"),
  line("Лисички", "Лісічкі", "Little foxes"),
  line("Авокадо", "Авакада", "Avocados"),
  line("Звёзды", "Зоркі", "Stars"),
  line("Васильки", "Васількі", "Cornflowers"),
  line("Орнамент", "Арнамент", "Ornament"),
  line("Классика", "Класіка", "Classic"),
  line("Пастель", "Пастэль", "Pastel"),
  line("Зубры", "Зубры", "Bison"),
  line("Аисты", "Буслы", "Storks"),
  line("Клетка", "Клетка", "Checks"),
  line("Радуга", "Вясёлка", "Rainbow"),
  line("Лофт", "Лофт", "Loft"),
  line("Сердечки", "Сэрцайкі", "Hearts"),
]
const PLAIN: readonly Line[] = [
  line("Нежная забота", "Пяшчотны клопат", "Gentle care"),
  line("Сон", "Сон", "Sleep"),
  line("Актив", "Актыў", "Active"),
  line("Премиум", "Прэміум", "Premium"),
]

export const LINES: Readonly<Record<LinePalette, readonly Line[]>> = {
  ...{ botanical: BOTANICAL, fresh: FRESH, series: SERIES, scent: SCENT, playful: PLAYFUL, plain: PLAIN },
}
