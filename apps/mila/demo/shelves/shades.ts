import type { ShadePalette } from "./family.ts"

/** A variant that is a colour or a size: its code, its name in three languages, its colour. */
export type Shade = { code: string; name: readonly [ru: string, be: string, en: string]; swatch: string | null }

const shades = (
  prefix: string,
  ...rows: readonly (readonly [ru: string, be: string, en: string, swatch: string | null])[]
): readonly Shade[] =>
  rows.map(([ru, be, en, swatch], place) => ({ code: `${prefix}-${String(place + 1).padStart(2, "0")}`, name: [ru, be, en], swatch }))

export const SHADES: Readonly<Record<ShadePalette, readonly Shade[]>> = {
  lips: shades(
    "lips",
    ["Спелая вишня", "Спелая вішня", "Ripe cherry", "#8e1730"],
    ["Пыльная роза", "Пыльная ружа", "Dusty rose", "#c08081"],
    ["Карамель", "Карамель", "Caramel", "#b5714c"],
    ["Персик", "Персік", "Peach", "#f2a07b"],
    ["Ягодный мусс", "Ягадны мус", "Berry mousse", "#a2315f"],
    ["Маковый цвет", "Макавы цвет", "Poppy", "#d92b2b"],
    ["Кофе с молоком", "Кава з малаком", "Coffee with milk", "#a47864"],
    ["Сливовый вечер", "Слівавы вечар", "Plum evening", "#6b2346"],
    ["Нюд", "Нюд", "Nude", "#d3a08b"],
    ["Фуксия", "Фуксія", "Fuchsia", "#c2187a"],
    ["Терракота", "Тэракота", "Terracotta", "#b4533a"],
    ["Коралл", "Карал", "Coral", "#f0604d"],
  ),
  eyes: shades(
    "eyes",
    ["Чёрный", "Чорны", "Black", "#1d1a1c"],
    ["Графит", "Графіт", "Graphite", "#4c4f55"],
    ["Тёмный шоколад", "Цёмны шакалад", "Dark chocolate", "#46302a"],
    ["Бронза", "Бронза", "Bronze", "#8a6134"],
    ["Изумруд", "Смарагд", "Emerald", "#1f6b54"],
    ["Полночь", "Поўнач", "Midnight", "#25325e"],
    ["Лиловый туман", "Ліловы туман", "Lilac mist", "#8f7ba5"],
    ["Шампань", "Шампань", "Champagne", "#dcc5a4"],
  ),
  skin: shades(
    "skin",
    ["Фарфор", "Фарфор", "Porcelain", "#f3dcc8"],
    ["Слоновая кость", "Слановая косць", "Ivory", "#efd2b5"],
    ["Натуральный", "Натуральны", "Natural", "#e6c09c"],
    ["Бежевый", "Бэжавы", "Beige", "#d9ac82"],
    ["Песочный", "Пясочны", "Sand", "#cf9d72"],
    ["Медовый", "Мядовы", "Honey", "#bd8657"],
    ["Загар", "Загар", "Tan", "#a06d44"],
  ),
  nails: shades(
    "nails",
    ["Молочный", "Малочны", "Milk", "#f6eee6"],
    ["Пудровый", "Пудравы", "Powder", "#e9c7bf"],
    ["Красная классика", "Чырвоная класіка", "Classic red", "#c4161c"],
    ["Бордо", "Бардо", "Bordeaux", "#5e1224"],
    ["Мята", "Мята", "Mint", "#9fd8c4"],
    ["Небо", "Неба", "Sky", "#8fbfe8"],
    ["Лаванда", "Лаванда", "Lavender", "#b6a2d8"],
    ["Ночь", "Ноч", "Night", "#1f2440"],
    ["Золотая пыль", "Залаты пыл", "Gold dust", "#c9a14a"],
    ["Фуксия", "Фуксія", "Fuchsia", "#c81e7c"],
  ),
  hair: shades(
    "hair",
    ["Светлый блонд", "Светлы бланд", "Light blond", "#e4cf9f"],
    ["Пшеничный", "Пшанічны", "Wheat", "#caa56b"],
    ["Русый пепельный", "Русы папяльны", "Ash brown", "#8d7b68"],
    ["Каштан", "Каштан", "Chestnut", "#5c3a27"],
    ["Горький шоколад", "Горкі шакалад", "Dark chocolate", "#38241c"],
    ["Медный закат", "Медны захад", "Copper sunset", "#a4502a"],
    ["Красное дерево", "Чырвонае дрэва", "Mahogany", "#5e2326"],
    ["Иссиня-чёрный", "Сінявата-чорны", "Blue black", "#16161f"],
  ),
  socks: shades(
    "legs",
    ["размер 2", "памер 2", "size 2", null],
    ["размер 3", "памер 3", "size 3", null],
    ["размер 4", "памер 4", "size 4", null],
  ),
  "clothes-size": shades(
    "nappy",
    ["3–6 кг", "3–6 кг", "3–6 kg", null],
    ["5–9 кг", "5–9 кг", "5–9 kg", null],
    ["9–14 кг", "9–14 кг", "9–14 kg", null],
  ),
}
