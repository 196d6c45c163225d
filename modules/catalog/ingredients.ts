import type { Localized } from "@mila/kernel"
import { alsoKnownAs } from "./known-as.ts"

/** What an ingredient does, in plain words. */
export type IngredientRole =
  | "solvent"
  | "moisture"
  | "softener"
  | "oil"
  | "cleanser"
  | "foam"
  | "thickener"
  | "preservative"
  | "scent"
  | "allergen"
  | "colour"
  | "acidity"
  | "silicone"
  | "active"
  | "plant"
  | "filter"
  | "antioxidant"
  | "scrub"
  | "film"
  | "gas"
  | "deodorant"
  | "hair-colour"
  | "protein"
  | "powder"
  | "sweetener"

export const ROLES: Readonly<Record<IngredientRole, Localized>> = {
  solvent: { ru: "основа, растворяет остальное", be: "аснова, растварае астатняе", en: "the base that dissolves the rest" },
  moisture: { ru: "удерживает влагу", be: "утрымлівае вільгаць", en: "holds moisture" },
  softener: { ru: "смягчает и придаёт густоту", be: "змякчае і надае гушчыню", en: "softens and gives body" },
  oil: { ru: "питает и смягчает", be: "жывіць і змякчае", en: "nourishes and softens" },
  cleanser: { ru: "моет", be: "мые", en: "cleans" },
  foam: { ru: "мягко моет, даёт пену", be: "мякка мые, дае пену", en: "cleans gently, makes foam" },
  thickener: { ru: "делает густым", be: "робіць густым", en: "thickens" },
  preservative: { ru: "консервант: не даёт портиться", be: "кансервант: не дае псавацца", en: "a preservative" },
  scent: { ru: "отдушка: запах", be: "араматызатар: пах", en: "fragrance" },
  allergen: { ru: "пахучее вещество, возможный аллерген", be: "пахучае рэчыва, магчымы алерген", en: "a scent, a possible allergen" },
  colour: { ru: "краситель", be: "фарбавальнік", en: "a colour" },
  acidity: { ru: "выравнивает кислотность", be: "выраўноўвае кіслотнасць", en: "balances acidity" },
  silicone: { ru: "силикон: гладкость и скольжение", be: "сілікон: гладкасць і слізгаценне", en: "a silicone: smoothness" },
  active: { ru: "действующее вещество ухода", be: "дзейснае рэчыва догляду", en: "an active ingredient" },
  plant: { ru: "растительный экстракт", be: "раслінны экстракт", en: "a plant extract" },
  filter: { ru: "защищает от солнца", be: "ахоўвае ад сонца", en: "a sun filter" },
  antioxidant: { ru: "антиоксидант, витамин", be: "антыаксідант, вітамін", en: "an antioxidant, a vitamin" },
  scrub: { ru: "отшелушивает", be: "адлушчвае", en: "exfoliates" },
  film: { ru: "держит форму, образует плёнку", be: "трымае форму, утварае плёнку", en: "holds, forms a film" },
  gas: { ru: "газ, который выталкивает средство", be: "газ, які выштурхоўвае сродак", en: "a propellant gas" },
  deodorant: { ru: "снижает потоотделение", be: "памяншае потлівасць", en: "reduces sweating" },
  "hair-colour": {
    ru: "краска для волос, сильный аллерген: нужна проба",
    be: "фарба для валасоў, моцны алерген: патрэбная проба",
    en: "hair dye, a strong allergen: test first",
  },
  protein: { ru: "белок: укрепляет", be: "бялок: умацоўвае", en: "a protein: strengthens" },
  powder: { ru: "порошковая основа, впитывает", be: "парашковая аснова, убірае", en: "a powder base, absorbs" },
  sweetener: { ru: "вкус", be: "смак", en: "taste" },
}

const LISTED: Readonly<Record<IngredientRole, string>> = {
  solvent:
    "Aqua,Water,Alcohol Denat.,Butylene Glycol,Propylene Glycol,Propanediol,Ethyl Acetate,Butyl Acetate,Isopropyl Alcohol,Acetone,Alcohol",
  moisture: "Glycerin,Sodium Hyaluronate,Hyaluronic Acid,Panthenol,Sorbitol,Urea,Betaine,Trehalose,Allantoin,Squalane",
  softener:
    "Cetearyl Alcohol,Cetyl Alcohol,Glyceryl Stearate,Caprylic/Capric Triglyceride,Octyldodecanol,Stearic Acid,Behentrimonium Chloride,Lanolin,Polybutene,Isopropyl Myristate",
  oil: "Butyrospermum Parkii Butter,Helianthus Annuus Seed Oil,Prunus Amygdalus Dulcis Oil,Simmondsia Chinensis Seed Oil,Paraffinum Liquidum,Petrolatum,Ricinus Communis Seed Oil,Cocos Nucifera Oil,Argania Spinosa Kernel Oil,Persea Gratissima Oil,Hippophae Rhamnoides Oil,Linum Usitatissimum Seed Oil,Rosa Canina Fruit Oil,Hydrogenated Vegetable Oil,Olea Europaea Fruit Oil",
  cleanser:
    "Sodium Laureth Sulfate,Sodium Lauryl Sulfate,Sodium C14-16 Olefin Sulfonate,Sodium Palmate,Sodium Cocoate,Polysorbate 20,Sodium Bicarbonate",
  foam: "Cocamidopropyl Betaine,Sodium Cocoyl Isethionate,Coco-Glucoside,Decyl Glucoside,Cocamide DEA",
  thickener: "Carbomer,Xanthan Gum,Sodium Chloride,Cera Alba,Candelilla Cera,Copernicia Cerifera Cera,Bentonite,Silica,Hydrated Silica",
  preservative:
    "Phenoxyethanol,Ethylhexylglycerin,Sodium Benzoate,Potassium Sorbate,Methylparaben,Propylparaben,Methylisothiazolinone,Methylchloroisothiazolinone,Benzyl Alcohol,DMDM Hydantoin,Sodium Sulfite",
  scent: "Parfum,Aroma,Fragrance,Lavandula Angustifolia Oil",
  allergen:
    "Limonene,Linalool,Geraniol,Citronellol,Citral,Coumarin,Eugenol,Benzyl Benzoate,Benzyl Salicylate,Hexyl Cinnamal,Hydroxycitronellal,Alpha-Isomethyl Ionone,Cinnamal,Cinnamyl Alcohol,Farnesol,Isoeugenol,Amyl Cinnamal,Anise Alcohol,Evernia Prunastri Extract,Butylphenyl Methylpropional",
  colour: "CI 77491,CI 77492,CI 77499,CI 77891,CI 15850,CI 16255,CI 15880,CI 19140,CI 42090,Mica,Titanium Dioxide",
  acidity: "Citric Acid,Sodium Hydroxide,Tetrasodium EDTA,Disodium EDTA,Triethanolamine,Ammonium Hydroxide",
  silicone: "Dimethicone,Cyclopentasiloxane,Dimethiconol,Amodimethicone,Zinc Stearate",
  active:
    "Niacinamide,Adenosine,Glycolic Acid,Lactic Acid,Salicylic Acid,Retinol,Snail Secretion Filtrate,Zinc PCA,Papain,Caffeine,Sodium Fluoride",
  plant:
    "Chamomilla Recutita Flower Extract,Centella Asiatica Extract,Camellia Sinensis Leaf Extract,Aloe Barbadensis Leaf Juice,Calendula Officinalis Flower Extract,Avena Sativa Kernel Extract,Betula Alba Juice,Centaurea Cyanus Flower Water,Rosa Damascena Flower Water,Vaccinium Macrocarpon Fruit Extract,Vaccinium Myrtillus Fruit Extract",
  filter: "Ethylhexyl Methoxycinnamate,Zinc Oxide,Octocrylene,Avobenzone,Butyl Methoxydibenzoylmethane,Ethylhexyl Salicylate",
  antioxidant: "Tocopherol,Tocopheryl Acetate,Ascorbic Acid,Ascorbyl Palmitate,BHT",
  scrub: "Prunus Armeniaca Seed Powder,Juglans Regia Shell Powder,Sodium Sulfate",
  film: "PVP,Polyquaternium-10,Nitrocellulose,Adipic Acid Copolymer,Acrylates Copolymer",
  gas: "Butane,Isobutane,Propane",
  deodorant: "Aluminum Chlorohydrate,Potassium Alum",
  "hair-colour": "p-Phenylenediamine,Resorcinol,Toluene-2,5-Diamine",
  protein: "Hydrolyzed Keratin,Hydrolyzed Collagen,Hydrolyzed Silk,Hydrolyzed Wheat Protein",
  powder: "Talc,Kaolin,Zea Mays Starch,Oryza Sativa Starch",
  sweetener: "Sodium Saccharin,Xylitol",
}

const ROLE_OF = new Map(
  Object.entries(LISTED).flatMap(([role, names]) =>
    names.split(/,(?=\D)/).map((name) => [name.toLowerCase(), role as IngredientRole] as const),
  ),
)
/** What most often causes allergies: fragrances that must be named (Technical Regulation TR CU 009/2011), preservatives and hair dyes. */
const ALLERGENS = new Set([
  ..."methylisothiazolinone,methylchloroisothiazolinone,lanolin,dmdm hydantoin".split(","),
  "parfum",
  "aroma",
  "fragrance",
])

export type Ingredient = {
  /** as printed */
  name: string
  role: IngredientRole | null
  /** people are often allergic to it */
  allergen: boolean
  /** by what else people know it, comma by comma; empty where nobody calls it otherwise */
  called: string
}

/** Reads a printed composition: the ingredients in their order, each with what it does where that is known. */
export function ingredientsOf(composition: string): Ingredient[] {
  const names = composition
    .replace(/\.\s*$/, "")
    .split(/[,;]\s+|\s•\s/)
    .map((name) => name.trim())
    .filter((name) => name !== "")
  return names.map((name) => {
    const keys = keysOf(name)
    const role = keys.map((key) => ROLE_OF.get(key)).find(Boolean) ?? null
    const allergen = role === "allergen" || role === "hair-colour" || keys.some((key) => ALLERGENS.has(key))
    return { name, role, allergen, called: alsoKnownAs(name) }
  })
}

/** What a printed name may stand under: whole, without its brackets, in them, and at either side of a slash. */
function keysOf(printed: string): string[] {
  const whole = printed.toLowerCase().replace(/\s+/g, " ").replace(/\*+$/, "")
  return [whole, whole.replace(/\s*\(.*\)$/, ""), ...whole.split(/[()/]+/).map((part) => part.trim())]
}
