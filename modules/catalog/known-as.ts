/**
 * What people call what is printed in INCI, so that a word of everyday speech finds it: a pattern of printed names, and the words, small letters. A word is found by
 * a part of it, so «метилпарабен» need not stand beside «парабен». Sources: names of the INCI dictionary (CosIng) and their trade names in Russian and Belarusian.
 */
const KNOWN_AS: readonly (readonly [printed: RegExp, words: string])[] = [
  [
    /\b(?:parfum|perfume|fragrance|aroma|flavou?r)\b/,
    "parfum, perfume, fragrance, aroma, отдушка, отдушки, отдушек, парфюм, парфюмерная композиция, ароматизатор, ароматизаторы, араматызатар, араматызатары, адушка, духмянасць",
  ],
  [/\b(?:aqua|water|eau)\b/, "aqua, water, вода, вада"],
  [/paraben/, "paraben, parabens, парабен, парабены, парабенов, парабенаў"],
  [/sul(?:f|ph)ate/, "sulfate, sulphate, sulfates, sulphates, сульфат, сульфаты, сульфатов, сульфатаў"],
  [/lauryl sul(?:f|ph)ate/, "sls, лаурилсульфат натрия"],
  [/laureth sul(?:f|ph)ate/, "sles, лауретсульфат натрия"],
  [
    /methicone|siloxane|dimethiconol|silsesquioxane|silicone/,
    "silicone, silicones, силикон, силиконы, силиконов, сілікон, сіліконы, сіліконаў",
  ],
  [/\balcohol denat|^alcohol$|^sd alcohol|\bethanol\b|^ethyl alcohol$/, "ethanol, спирт, этанол, этиловый спирт, этылавы спірт, спірт"],
  [/isopropyl alcohol/, "изопропиловый спирт, спирт, спірт"],
  [
    /paraffin|petrolatum|mineral oil|ceresin|cera microcristallina|microcrystalline wax|ozokerite|vaselin/,
    "mineral oil, paraffin, минеральное масло, минеральные масла, парафин, вазелин, мінеральны алей, вазелін",
  ],
  [/\bpeg-|polyethylene glycol/, "peg, пэг, полиэтиленгликоль"],
  [/propylene glycol/, "пропиленгликоль"],
  [/phenoxyethanol/, "феноксиэтанол, фенаксіэтанол"],
  [/isothiazolinone/, "изотиазолинон, изотиазолиноны, метилизотиазолинон, ізатыязалінон"],
  [
    /dmdm hydantoin|quaternium-15|imidazolidinyl urea|diazolidinyl urea|bronopol|2-bromo-2-nitropropane|formaldehyde|hydroxymethylglycinate/,
    "formaldehyde, формальдегид, доноры формальдегида, фармальдэгід",
  ],
  [/triclosan/, "триклозан"],
  [/lanolin/, "ланолин, ланалін, шерстяной воск"],
  [/alumin(?:i)?um|potassium alum/, "aluminium, aluminum, алюминий, соли алюминия, алюміній, солі алюмінію"],
  [/\btalc\b/, "тальк"],
  [/retin(?:ol|yl|al)/, "ретинол, ретиноиды, рэтынол, витамин a"],
  [/salicyl/, "салициловая кислота, салицилаты, саліцылавая кіслата"],
  [/glycolic acid/, "гликолевая кислота, аха-кислоты, aha"],
  [/lactic acid/, "молочная кислота, малочная кіслата, aha"],
  [/hyaluron/, "гиалуроновая кислота, гиалуронат, гіялуронавая кіслата"],
  [/ascorb/, "витамин c, аскорбиновая кислота, вітамін c"],
  [/tocopher/, "витамин e, токоферол, вітамін e"],
  [/niacinamide/, "ниацинамид, ніяцынамід"],
  [/panthenol/, "пантенол, пантэнол"],
  [/glycerin|glycerol/, "glycerol, глицерин, гліцэрын"],
  [/\burea\b/, "мочевина, карбамид, мачавіна"],
  [/caffeine/, "кофеин, кафеін"],
  [/edta/, "эдта"],
  [/limonene/, "лимонен, лімонен"],
  [/linalool/, "линалоол, лінолаол, ліналаол"],
  [/geraniol/, "гераниол, гераніёл"],
  [/citronellol/, "цитронеллол, цытранелол"],
  [/\bcitral\b/, "цитраль, цытраль"],
  [/coumarin/, "кумарин, кумарын"],
  [/eugenol/, "эвгенол, эўгенол"],
  [/cinnam/, "cinnamon, корица, карыца"],
  [/phenylenediamine|toluene-2,5-diamine/, "ppd, парафенилендиамин, фенилендиамин, парафенілендыямін"],
  [/resorcinol/, "резорцин, рэзарцын"],
  [/hydroquinone/, "гидрохинон"],
  [/ammoni(?:a|um hydroxide)/, "ammonia, аммиак, аміяк"],
  [/ci 75470|carmine/, "carmine, кармин, кармін"],
  [/ci 77891|titanium dioxide/, "titanium dioxide, диоксид титана, дыяксід тытану"],
  [/zinc oxide/, "оксид цинка, аксід цынку"],
  [/prunus amygdalus|almond/, "almond, миндаль, миндальное масло, міндаль, орехи, арэхі"],
  [/arachis|peanut/, "peanut, арахис, арахіс, орехи, арэхі"],
  [/juglans|walnut/, "walnut, грецкий орех, орехи, грэцкі арэх, арэхі"],
  [/corylus|hazelnut/, "hazelnut, фундук, лесной орех, орехи, арэхі"],
  [/macadamia/, "макадамия, макадамія, орехи, арэхі"],
  [/butyrospermum|shea/, "shea, ши, масло ши"],
  [/cocos nucifera|\bcoco/, "coconut, кокос, какос"],
  [/triticum|wheat/, "wheat, gluten, пшеница, глютен, пшаніца"],
  [/avena|\boat\b/, "oat, овёс, авёс"],
  [/glycine soja|soy/, "soy, соя"],
  [/\bmel\b|honey/, "honey, мёд"],
  [/cera alba|beeswax/, "beeswax, пчелиный воск, пчаліны воск"],
  [/propolis/, "прополис, прапаліс"],
  [/\blac\b|milk|lactose|whey/, "milk, молоко, лактоза, малако"],
  [/lavandula|lavender/, "lavender, лаванда"],
  [/chamomilla|chamomile/, "chamomile, ромашка, рамонак"],
  [/calendula/, "календула"],
  [/aloe/, "алоэ"],
  [/citrus|orange|lemon/, "цитрус, цитрусовые, цытрусавыя"],
  [/keratin/, "кератин, керацін"],
  [/collagen/, "коллаген, калаген"],
  [/snail/, "улитка, муцин, слімак"],
  [/squal[ae]ne/, "сквалан, сквален"],
  [/\bbht\b|butylated hydroxytoluene/, "bht, бутилгидрокситолуол"],
  [/\bmica\b/, "слюда, слюды, мика"],
  [/fluoride/, "fluorine, фтор, фторид, фторид натрия, фтарыд"],
]

/** Small letters, ё as е, one space at most: how names of ingredients and words about them are compared. */
const spelt = (text: string): string => text.normalize("NFC").toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ").trim()

/** By what else a printed ingredient is known, comma by comma; nothing for one nobody speaks of otherwise. */
export function alsoKnownAs(printed: string): string {
  const name = spelt(printed)
  const words = KNOWN_AS.flatMap(([pattern, said]) => (pattern.test(name) ? spelt(said).split(", ") : []))
  return [...new Set(words)].filter((word) => !name.includes(word)).join(", ")
}
