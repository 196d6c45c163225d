import { folded } from "./text/fold.ts"

/** How people say and misspell brands: `written as it is: as it is said, …`. The catalogue's own spoken names come beside these. */
const SAID = `
loreal: лореаль, лориаль, лореал
loreal paris: лореаль париж, лориаль
maybelline: мейбелин, мейбеллин, мэйбелин, мейбилин
maybelline new york: мейбелин, мейбеллин, мэйбелин
garnier: гарньер, гарнье
nivea: нивея, нивеа
eveline: эвелин, эвелайн, ивлайн
eveline cosmetics: эвелин, эвелайн, ивлайн
rimmel: риммель, римель
max factor: макс фактор
bourjois: буржуа
catrice: катрис, катрисе
essence: эссенс, есенс
nyx: никс
vivienne sabo: вивьен сабо, вивьенна сабо
schwarzkopf: шварцкопф, шварцкоф
syoss: сьесс, сьосс, сиос, сайос
palette: палетт, палет
wella: велла, вела
londa: лонда
pantene: пантин, пантен
head shoulders: хед энд шолдерс, хеденшолдерс, хэд энд шолдерс
dove: дав, дов
rexona: рексона
palmolive: палмолив
colgate: колгейт, колгэйт
splat: сплат
gillette: жиллетт, жилет, джилет, жиллет
old spice: олд спайс
axe: акс, экс
adidas: адидас
pampers: памперс
huggies: хаггис, хагис
johnsons baby: джонсонс беби, джонсон
bubchen: бюбхен, бубхен
persil: персил
ariel: ариэль, ариель
tide: тайд
lenor: ленор
domestos: доместос
fairy: фейри, фэйри
always: олвейс
kotex: котекс
zewa: зева
oral b: орал би, оралби
blend a med: блендамед, бленд а мед
vichy: виши
la roche posay: ля рош позе, ларош позе
natura siberica: натура сиберика
cosrx: косрх, косрикс, косаркс
missha: миша, мишша
holika holika: холика холика, холика
tony moly: тони моли
the saem: саем, зе саем
saem: саем
etude house: этюд хаус, этуд хаус
some by mi: сам бай ми
mizon: мизон
laneige: ланеж
innisfree: иннисфри
elizavecca: элизавекка, елизавека
lador: ладор
estel: эстель, естель
kapous: капус
ollin: оллин
relouis: релуи, релуис
luxvisage: люксвизаж, люкс визаж
belor design: белор дизайн
markell: маркел, маркелл
liv delano: лив делано
dilis: дилис
bielita: белита, бялита
vitex: витекс, витэкс
conte: конте, контэ
golden rose: голден роуз, голден роз
pupa: пупа
isadora: исадора, изадора
lumene: люмене, лумене
artdeco: артдеко
clarins: кларанс, кларинс
chanel: шанель, шанел
dior: диор
christian dior: кристиан диор
givenchy: живанши
guerlain: герлен
lancome: ланком
yves saint laurent: ив сен лоран
yves rocher: ив роше
sephora: сефора
mary kay: мери кей, мэри кэй
avon: эйвон
oriflame: орифлейм
faberlic: фаберлик
divage: диваж
loccitane: локситан
payot: пайот
nouba: ноуба, нуба
gosh: гош
seventeen: севентин
dzintars: дзинтарс
brocard: брокар
hugo boss: хуго босс
lacoste: лакост
calvin klein: кельвин кляйн, кевин кляйн
dolce gabbana: дольче габбана
versace: версаче
armani: армани
giorgio armani: джорджио армани
carolina herrera: каролина эррера
antonio banderas: антонио бандерас
lanvin: ланвин
bruno banani: бруно банани
mexx: мекс
kenzo: кензо
moschino: москино
montale: монталь
revlon: ревлон
clinique: клиник
estee lauder: эсте лаудер
shiseido: шисейдо
bioderma: биодерма
avene: авен
uriage: урьяж
eucerin: эуцерин
cetaphil: цетафил
neutrogena: нитроджина, нейтроджина
biore: биоре
kerastase: керастаз
redken: редкен
matrix: матрикс
indola: индола
loreal elseve: лореаль эльсев
sunsilk: сансилк
timotei: тимотей
glade: глейд
cif: сиф
vanish: ваниш
calgon: калгон
finish: финиш
somat: сомат
losk: лоск
bingo: бинго
frosch: фрош
libero: либеро
merries: меррис
moony: муни
goon: гун
chicco: чико, чикко
nuk: нук
philips avent: филипс авент
canpol: канпол
pigeon: пиджин
libresse: либресс
naturella: натурелла
ola: ола
tampax: тампакс
bella: белла, бэлла`

const BY_BRAND = new Map(
  SAID.trim()
    .split("\n")
    .map((line) => {
      const [brand = "", said = ""] = line.split(": ")
      return [brand, said.split(", ")] as const
    }),
)

/** How people say this brand, as far as is generally known. */
export function saidFor(brand: string): readonly string[] {
  const plain = folded(brand)
    .replace(/[^\p{L}\d]+/gu, " ")
    .trim()
  return BY_BRAND.get(plain) ?? []
}
