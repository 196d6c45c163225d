import { BRANDS as NOBODYS } from "../brands.ts"

/** A brand of the demo chain: where it is from, what it sells (roots of categories), how dear it is, how people say it. */
export type DemoBrand = { name: string; country: string; sells: readonly string[]; level: number; spoken: readonly string[] }

const brand = (country: string, name: string, sells: string, level: number, spoken = ""): DemoBrand => ({
  ...{ country, name, level },
  sells: sells.split(" "),
  spoken: spoken === "" ? [] : spoken.split(", "),
})

/** Names that people look for, so that the demo answers as a real shop would; the goods under them are made up. */
const KNOWN: readonly DemoBrand[] = [
  brand("BY", "Белита", "face body hair hygiene/women kids men", 0.8, "bielita, belita, бялита"),
  brand("BY", "Витэкс", "face body hair men home", 0.75, "vitex, витекс"),
  brand("BY", "Relouis", "makeup nails", 0.8, "релуи, релуис"),
  brand("BY", "LUXVISAGE", "makeup", 0.75, "люксвизаж, люкс визаж"),
  brand("BY", "Belor Design", "makeup nails", 0.7, "белор дизайн, белордизайн"),
  brand("BY", "Markell", "face body hair", 0.85, "маркелл, маркел"),
  brand("BY", "Liv Delano", "face body hair", 0.8, "лив делано"),
  brand("BY", "Modum", "face body hair kids", 0.7, "модум"),
  brand("BY", "Dilis", "perfume", 0.8, "дилис"),
  brand("BY", "Conte", "socks", 1, "конте, контэ"),
  brand("BY", "Mark Formelle", "socks", 0.9, "марк формель"),
  brand("KR", "COSRX", "face", 1.5, "косрх, косрикс, косаркс"),
  brand("KR", "Missha", "face makeup", 1.4, "миша, мишша"),
  brand("KR", "Holika Holika", "face makeup body", 1.3, "холика холика, холика"),
  brand("KR", "Tony Moly", "face makeup", 1.3, "тони моли"),
  brand("KR", "The Saem", "face makeup", 1.2, "зе саем, саем"),
  brand("KR", "Some By Mi", "face", 1.5, "сам бай ми"),
  brand("KR", "Mizon", "face", 1.3, "мизон"),
  brand("KR", "Lador", "hair", 1.4, "ладор, ля дор"),
  brand("KR", "Elizavecca", "face hair", 1.2, "елизавекка, элизавекка"),
  brand("KR", "Etude House", "face makeup", 1.4, "этюд хаус, этуд хаус"),
  brand("FR", "L'Oréal Paris", "face makeup colour hair", 1.5, "лореаль, лореаль париж, лориаль"),
  brand("US", "Maybelline New York", "makeup nails", 1.3, "мейбелин, мейбелин нью йорк, мэйбеллин"),
  brand("FR", "Garnier", "face hair colour body/sun body/deodorants", 1, "гарньер, гарнье"),
  brand("FR", "Bourjois", "makeup nails", 1.5, "буржуа"),
  brand("FR", "Vichy", "face body/deodorants body/sun", 2.4, "виши"),
  brand("FR", "La Roche-Posay", "face body/sun", 2.5, "ля рош позе, ларош"),
  brand("FR", "Vivienne Sabo", "makeup perfume", 1.1, "вивьен сабо"),
  brand("DE", "NIVEA", "face body hair men", 1, "нивея"),
  brand("DE", "Catrice", "makeup nails", 1, "катрис, катрисе"),
  brand("DE", "essence", "makeup nails", 0.8, "эссенс"),
  brand("DE", "Schwarzkopf", "hair colour", 1.2, "шварцкопф, шварцкоф"),
  brand("DE", "Syoss", "hair colour", 1, "сьесс, сьосс, сиос"),
  brand("DE", "Wella", "hair colour", 1.4, "велла"),
  brand("DE", "Persil", "home/laundry", 1.2, "персил"),
  brand("DE", "Domestos", "home/cleaning", 1, "доместос"),
  brand("DE", "Bübchen", "kids", 1.3, "бюбхен, бубхен"),
  brand("PL", "Eveline Cosmetics", "face body makeup nails", 0.9, "эвелин, эвелайн, ивлайн"),
  brand("PL", "Bielenda", "face body", 1, "беленда"),
  brand("PL", "Bella", "hygiene kids", 0.9, "белла, бэлла"),
  brand("GB", "Rimmel London", "makeup nails", 1.2, "риммель, римель"),
  brand("US", "Max Factor", "makeup", 1.6, "макс фактор"),
  brand("US", "NYX Professional Makeup", "makeup", 1.4, "никс"),
  brand("US", "Head & Shoulders", "hair/wash", 1.1, "хед энд шолдерс, хэд шолдерс"),
  brand("US", "Pantene", "hair", 1.1, "пантин"),
  brand("US", "Gillette", "men", 1.6, "жиллетт, жилет, джилет"),
  brand("US", "Old Spice", "men body/deodorants", 1.1, "олд спайс"),
  brand("US", "Pampers", "kids/nappies", 1.2, "памперс"),
  brand("US", "Huggies", "kids/nappies", 1.1, "хаггис, хагис"),
  brand("US", "Ariel", "home/laundry", 1.2, "ариэль, ариель"),
  brand("US", "Lenor", "home/laundry", 1, "ленор"),
  brand("US", "Fairy", "home/cleaning", 1, "фейри, фэйри"),
  brand("US", "Always", "hygiene/women", 1.1, "олвейс"),
  brand("US", "Oral-B", "hygiene/oral", 1.3, "орал би, оралби"),
  brand("US", "Colgate", "hygiene/oral", 0.9, "колгейт"),
  brand("US", "Palmolive", "body/bath hair/wash", 0.8, "палмолив"),
  brand("GB", "Dove", "body hair", 1, "дав, дов"),
  brand("GB", "Rexona", "body/deodorants", 0.9, "рексона"),
  brand("GB", "AXE", "men", 1, "акс, экс"),
  brand("RU", "Natura Siberica", "face body hair", 1.2, "натура сиберика"),
  brand("RU", "Чистая Линия", "face body hair", 0.7),
  brand("RU", "Чёрный Жемчуг", "face", 0.9),
  brand("RU", "Splat", "hygiene/oral", 1.1, "сплат"),
  brand("RU", "Estel", "hair colour", 1.1, "эстель, естель"),
  brand("RU", "Kapous", "hair colour", 1, "капус"),
  brand("RU", "Synergetic", "home kids hygiene", 1, "синергетик"),
  brand("SE", "Libero", "kids/nappies", 1.1, "либеро"),
  brand("SE", "Zewa", "hygiene/paper", 1, "зева"),
  brand("TR", "Golden Rose", "makeup nails", 0.8, "голден роуз"),
  brand("IT", "PUPA", "makeup", 1.7, "пупа"),
  brand("ES", "Antonio Banderas", "perfume", 1.4, "антонио бандерас"),
]

/** What the old names of shelves are called now. */
const MOVED: Readonly<Record<string, readonly string[]>> = {
  "hair/colour": ["colour"],
  makeup: ["makeup", "nails"],
  home: ["home", "house/kitchen"],
}

const own = NOBODYS.map((one): DemoBrand => ({
  ...one,
  country: "BY",
  spoken: [],
  sells: one.sells.flatMap((root) => MOVED[root] ?? [root]),
}))

export const DEMO_BRANDS: readonly DemoBrand[] = [
  ...KNOWN,
  ...own,
  ...["Мила Дом", "Уют & Ко"].map((name) => brand("BY", name, "house home/air accessories nails/tools", 0.8)),
  brand("BY", "Каляровы свет", "house accessories socks", 0.7),
  brand("CN", "Lovely Things", "accessories house nails/tools", 0.6),
  brand("BY", "Завіруха", "accessories socks", 0.9),
]
