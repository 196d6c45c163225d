/** What the variants of a family are called by: a plant, a shade, a scent, a purpose. */
export type Palette = "botanical" | "shade" | "hair-shade" | "scent" | "fresh"

/** A kind of goods: its name in three languages, its sizes with a price in kopecks, and what its variants are. */
export type Family = {
  category: string
  ru: string
  be: string
  en: string
  palette: Palette
  sizes: readonly (readonly [ru: string, be: string, en: string, priceMinor: number])[]
}

const ml = (amount: number, priceMinor: number) => [`${amount} мл`, `${amount} мл`, `${amount} ml`, priceMinor] as const
const g = (amount: number, priceMinor: number) => [`${amount} г`, `${amount} г`, `${amount} g`, priceMinor] as const
const pieces = (amount: number, priceMinor: number) => [`${amount} шт.`, `${amount} шт.`, `${amount} pcs`, priceMinor] as const

const family = (category: string, palette: Palette, [ru, be, en]: readonly [string, string, string], sizes: Family["sizes"]): Family => ({
  ...{ category, palette, ru, be, en, sizes },
})

/** Sixty-odd families; times brands, variants and sizes they make the demo chain's shelves. */
export const FAMILIES: readonly Family[] = [
  family("face/creams", "botanical", ["Крем для лица дневной", "Крэм для твару дзённы", "Day face cream"], [ml(50, 1490)]),
  family("face/creams", "botanical", ["Крем для лица ночной", "Крэм для твару начны", "Night face cream"], [ml(50, 1590)]),
  family("face/creams", "botanical", ["Крем для кожи вокруг глаз", "Крэм для скуры вакол вачэй", "Eye cream"], [ml(20, 1290)]),
  family("face/creams", "botanical", ["Флюид для лица", "Флюід для твару", "Face fluid"], [ml(40, 1690)]),
  family("face/cleansing", "botanical", ["Пенка для умывания", "Пенка для ўмывання", "Face wash foam"], [ml(150, 990)]),
  family("face/cleansing", "botanical", ["Мицеллярная вода", "Міцэлярная вада", "Micellar water"], [ml(200, 890), ml(400, 1390)]),
  family("face/cleansing", "botanical", ["Тоник для лица", "Тонік для твару", "Face toner"], [ml(200, 850)]),
  family("face/cleansing", "botanical", ["Скраб для лица", "Скраб для твару", "Face scrub"], [ml(75, 790)]),
  family("face/masks", "botanical", ["Маска для лица тканевая", "Маска для твару тканкавая", "Sheet mask"], [pieces(1, 320)]),
  family("face/masks", "botanical", ["Маска для лица с глиной", "Маска для твару з глінай", "Clay face mask"], [ml(75, 960)]),
  family("face/serums", "botanical", ["Сыворотка для лица", "Сыроватка для твару", "Face serum"], [ml(30, 2190)]),
  family("body/bath", "botanical", ["Гель для душа", "Гель для душу", "Shower gel"], [ml(250, 690), ml(500, 1090)]),
  family("body/bath", "botanical", ["Пена для ванн", "Пена для ваннаў", "Bath foam"], [ml(500, 990)]),
  family("body/bath", "botanical", ["Соль для ванн", "Соль для ваннаў", "Bath salt"], [g(500, 750)]),
  family("body/bath", "botanical", ["Мыло туалетное", "Мыла туалетнае", "Toilet soap"], [g(90, 220)]),
  family("body/bath", "botanical", ["Мыло жидкое", "Мыла вадкае", "Liquid soap"], [ml(300, 540)]),
  family("body/care", "botanical", ["Лосьон для тела", "Ласьён для цела", "Body lotion"], [ml(250, 1190)]),
  family("body/care", "botanical", ["Масло для тела", "Алей для цела", "Body oil"], [ml(150, 1450)]),
  family("body/care", "botanical", ["Скраб для тела", "Скраб для цела", "Body scrub"], [g(250, 1250)]),
  family("body/hands", "botanical", ["Крем для рук", "Крэм для рук", "Hand cream"], [ml(75, 490), ml(150, 790)]),
  family("body/hands", "botanical", ["Крем для ног", "Крэм для ног", "Foot cream"], [ml(75, 560)]),
  family("body/deodorants", "fresh", ["Дезодорант-спрей", "Дэзадарант-спрэй", "Deodorant spray"], [ml(150, 890)]),
  family("body/deodorants", "fresh", ["Дезодорант роликовый", "Дэзадарант ролікавы", "Roll-on deodorant"], [ml(50, 640)]),
  family("body/sun", "botanical", ["Молочко солнцезащитное SPF 30", "Малачко сонцаахоўнае SPF 30", "Sun milk SPF 30"], [ml(150, 1890)]),
  family("hair/wash", "botanical", ["Шампунь", "Шампунь", "Shampoo"], [ml(250, 790), ml(400, 1090)]),
  family("hair/wash", "botanical", ["Бальзам для волос", "Бальзам для валасоў", "Conditioner"], [ml(250, 820)]),
  family("hair/wash", "botanical", ["Сухой шампунь", "Сухі шампунь", "Dry shampoo"], [ml(200, 1150)]),
  family("hair/care", "botanical", ["Маска для волос", "Маска для валасоў", "Hair mask"], [ml(300, 1180)]),
  family("hair/care", "botanical", ["Масло для волос", "Алей для валасоў", "Hair oil"], [ml(100, 1490)]),
  family("hair/care", "botanical", ["Спрей для волос несмываемый", "Спрэй для валасоў нязмыўны", "Leave-in hair spray"], [ml(150, 1090)]),
  family("hair/colour", "hair-shade", ["Краска для волос", "Фарба для валасоў", "Hair colour"], [ml(115, 990)]),
  family("hair/colour", "hair-shade", ["Бальзам оттеночный", "Бальзам адценкавы", "Tinted conditioner"], [ml(150, 720)]),
  family("hair/styling", "fresh", ["Лак для волос", "Лак для валасоў", "Hair spray"], [ml(250, 980)]),
  family("hair/styling", "fresh", ["Мусс для укладки", "Мус для ўкладкі", "Styling mousse"], [ml(200, 940)]),
  family("makeup/lips", "shade", ["Помада губная", "Памада губная", "Lipstick"], [g(4, 1390)]),
  family("makeup/lips", "shade", ["Блеск для губ", "Бляск для вуснаў", "Lip gloss"], [ml(5, 1090)]),
  family("makeup/lips", "shade", ["Карандаш для губ", "Аловак для вуснаў", "Lip liner"], [pieces(1, 690)]),
  family("makeup/eyes", "shade", ["Тени для век", "Цені для павек", "Eye shadow"], [g(3, 1190)]),
  family("makeup/eyes", "shade", ["Карандаш для глаз", "Аловак для вачэй", "Eye pencil"], [pieces(1, 650)]),
  family("makeup/face", "shade", ["Крем тональный", "Крэм танальны", "Foundation"], [ml(30, 1890)]),
  family("makeup/face", "shade", ["Румяна компактные", "Румяны кампактныя", "Compact blush"], [g(4, 1290)]),
  family("makeup/nails", "shade", ["Лак для ногтей", "Лак для пазногцяў", "Nail polish"], [ml(11, 590)]),
  family("perfume", "scent", ["Туалетная вода", "Туалетная вада", "Eau de toilette"], [ml(50, 3490), ml(100, 4990)]),
  family("perfume", "scent", ["Парфюмерная вода", "Парфумерная вада", "Eau de parfum"], [ml(50, 5290)]),
  family("men", "fresh", ["Гель для бритья", "Гель для галення", "Shaving gel"], [ml(200, 890)]),
  family("men", "fresh", ["Бальзам после бритья", "Бальзам пасля галення", "Aftershave balm"], [ml(100, 1090)]),
  family(
    "men",
    "fresh",
    ["Шампунь и гель для душа 2 в 1", "Шампунь і гель для душу 2 у 1", "2-in-1 shampoo and shower gel"],
    [ml(400, 1050)],
  ),
  family("kids", "botanical", ["Шампунь детский", "Шампунь дзіцячы", "Children's shampoo"], [ml(300, 780)]),
  family("kids", "botanical", ["Крем детский", "Крэм дзіцячы", "Baby cream"], [ml(75, 520)]),
  family("kids", "botanical", ["Пена для ванн детская", "Пена для ваннаў дзіцячая", "Children's bath foam"], [ml(300, 740)]),
  family("hygiene/oral", "fresh", ["Паста зубная", "Паста зубная", "Toothpaste"], [ml(75, 490)]),
  family("hygiene/oral", "fresh", ["Ополаскиватель для рта", "Апалоскальнік для рота", "Mouthwash"], [ml(250, 720)]),
  family("hygiene/paper", "botanical", ["Салфетки влажные", "Сурвэткі вільготныя", "Wet wipes"], [pieces(20, 190), pieces(72, 520)]),
  family("hygiene/paper", "botanical", ["Ватные диски", "Ватныя дыскі", "Cotton pads"], [pieces(100, 280)]),
  family("home/laundry", "fresh", ["Гель для стирки", "Гель для мыцця бялізны", "Laundry gel"], [ml(1000, 1290), ml(2000, 2190)]),
  family("home/laundry", "fresh", ["Порошок стиральный", "Парашок пральны", "Washing powder"], [g(1500, 1490), g(3000, 2690)]),
  family("home/laundry", "fresh", ["Кондиционер для белья", "Кандыцыянер для бялізны", "Fabric softener"], [ml(1000, 990)]),
  family("home/cleaning", "fresh", ["Средство для посуды", "Сродак для посуду", "Washing-up liquid"], [ml(500, 490)]),
  family("home/cleaning", "fresh", ["Средство для стёкол", "Сродак для шкла", "Glass cleaner"], [ml(500, 590)]),
  family("home/cleaning", "fresh", ["Средство для пола", "Сродак для падлогі", "Floor cleaner"], [ml(1000, 790)]),
]
